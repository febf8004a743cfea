/**
 * What happened to the engines of a machine, drawn from the health events of a trace: {@link
 * dev.systole.timeline.Timeline} is the model, a {@link dev.systole.timeline.TimelineBuilder} makes
 * it from events, {@link dev.systole.timeline.TextTimeline} prints it in lanes. Requests that
 * simply ran are counted; whatever a hang touched is told one by one.
 */
package dev.systole.timeline;

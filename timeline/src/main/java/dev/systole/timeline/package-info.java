/** Heartbeat and reset timelines from a trace or an error state. */
package dev.systole.timeline;

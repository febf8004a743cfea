/**
 * What happened, as values: the sealed {@link dev.systole.trace.event.Event} with a record per
 * kind, and the kinds themselves in {@link dev.systole.trace.event.EventKinds}. A new kind of event
 * is a record and its entry there.
 */
package dev.systole.trace.event;

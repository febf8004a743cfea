/**
 * The probe: decorators that stand in the doors of a machine and tell an {@link
 * dev.systole.trace.EventSink} what passes. They change nothing; a machine with a probe behaves as
 * one without.
 */
package dev.systole.recorder.probe;

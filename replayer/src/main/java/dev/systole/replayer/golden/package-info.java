/**
 * Golden traces: a trace with approved outputs beside it. {@link
 * dev.systole.replayer.golden.GoldenTrace} replays it at every level, compares what follows from it
 * with what was approved, and renews both when a change was meant.
 */
package dev.systole.replayer.golden;

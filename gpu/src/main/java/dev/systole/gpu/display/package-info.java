/**
 * The display of Tiger Lake (i915-kernel.md part 8): power wells and clocks, four pipes with their
 * transcoders, planes and cursors, nine ports with monitors, and the interrupts of all of these.
 *
 * <p>Time is arithmetic: scan lines and frames are computed when somebody reads them. A vertical
 * blank is an event only while something depends on it: an interrupt that would be seen, an update
 * that waits to be taken over, an engine that waits. What registers mean beyond their value lies in
 * registers, too: what a pipe has taken over and its colour tables have a place of their own behind
 * them ({@link dev.systole.gpu.display.Latched}).
 */
package dev.systole.gpu.display;

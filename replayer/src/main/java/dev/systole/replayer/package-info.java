/**
 * Traces run again. {@link dev.systole.replayer.AppReplay} feeds what applications did to a new
 * machine and compares everything that it then does with the recording; {@link
 * dev.systole.replayer.BusReplay} does the same with the hardware alone. The comparison is that of
 * whole chunks of re-encoded events; only where one differs are events looked at, and the first
 * difference becomes a {@link dev.systole.replayer.Divergence}.
 */
package dev.systole.replayer;

/**
 * Benchmarks of the hot paths: appending to a trace, decoding commands, and the hardware's events,
 * commands and blits. {@code benchmarks/run} runs them; what they measure is printed, never
 * asserted.
 */
package dev.systole.benchmarks;

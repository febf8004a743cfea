/**
 * The GPU at the moment of a trace that one looks at first, as an error state, so that all that
 * works on error states works on every trace: {@link dev.systole.replayer.snapshot.TraceState}.
 */
package dev.systole.replayer.snapshot;

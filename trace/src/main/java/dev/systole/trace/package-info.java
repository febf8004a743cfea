/**
 * The trace file. A {@link dev.systole.trace.TraceWriter} takes events through its {@link
 * dev.systole.trace.EventSink} and writes a file; a {@link dev.systole.trace.TraceReader} hands
 * them out again, chunk by chunk, whatever happened to the file in between. {@code
 * docs/trace-format.md} specifies the bytes.
 */
package dev.systole.trace;

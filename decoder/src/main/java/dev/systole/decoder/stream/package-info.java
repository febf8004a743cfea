/**
 * Streams of commands as an engine executes them: {@link dev.systole.decoder.stream.StreamDecoder}
 * follows a ring, the batches it starts and those that they start, in a {@link
 * dev.systole.decoder.stream.MemoryView}, and tells a consumer about it in {@link
 * dev.systole.decoder.stream.StreamElement}s. A {@link dev.systole.decoder.stream.CommandStream} is
 * that for one engine: an {@link dev.systole.decoder.stream.EngineStream} of a dump, with the
 * {@link dev.systole.decoder.stream.ExecutionPoint} that its registers speak of, or a {@link
 * dev.systole.decoder.stream.RecordedStream} of a recorded submission.
 */
package dev.systole.decoder.stream;

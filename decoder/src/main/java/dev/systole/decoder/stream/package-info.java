/**
 * Streams of commands as an engine executes them: {@link dev.systole.decoder.stream.StreamDecoder}
 * follows a ring, the batches it starts and those that they start, in a {@link
 * dev.systole.decoder.stream.GpuMemory}, and tells a consumer about it in {@link
 * dev.systole.decoder.stream.StreamElement}s. An {@link dev.systole.decoder.stream.EngineStream} is
 * that for an engine of a dump, with the {@link dev.systole.decoder.stream.ExecutionPoint} that its
 * registers speak of.
 */
package dev.systole.decoder.stream;

package dev.systole.replayer;

import dev.systole.trace.ChunkRange;
import dev.systole.trace.ChunkSink;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares the chunks of a re-execution with those of its trace. Equal events make equal bytes, so
 * that events need to be looked at only in the first chunk that differs.
 */
final class ChunkComparison implements ChunkSink {
  /** Ends the run: no later event can be trusted. */
  static final class Diverged extends RuntimeException {
    private final transient Mismatch mismatch;

    private Diverged(Mismatch mismatch) {
      super("chunk " + mismatch.chunk() + " differs");
      this.mismatch = mismatch;
    }

    Mismatch mismatch() {
      return mismatch;
    }
  }

  /**
   * A chunk that differs.
   *
   * @param chunk its place in the trace; behind the last when the re-execution went on longer
   * @param range what the re-execution's chunk holds
   * @param payload the re-execution's chunk
   */
  record Mismatch(int chunk, ChunkRange range, byte[] payload) {}

  private final TraceReader trace;
  private final Map<ContentHash, byte[]> blobs = new HashMap<>();
  private int nextChunk;

  ChunkComparison(TraceReader trace) {
    this.trace = trace;
  }

  /** A blob of the re-execution's present chunk. */
  byte[] blob(ContentHash hash) {
    return blobs.get(hash);
  }

  @Override
  public void blob(ContentHash hash, byte[] source, int offset, int length) {
    blobs.put(hash, Arrays.copyOfRange(source, offset, offset + length));
  }

  @Override
  public void chunk(ChunkRange range, BitSet kinds, byte[] payload) {
    if (nextChunk == trace.chunks().size()
        || !range.equals(trace.chunks().get(nextChunk))
        || !Arrays.equals(payload, recorded(nextChunk))) {
      throw new Diverged(new Mismatch(nextChunk, range, payload));
    }
    nextChunk++;
    blobs.clear();
  }

  private byte[] recorded(int chunk) {
    try {
      return trace.payload(chunk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

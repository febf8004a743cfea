package dev.systole.trace;

import dev.systole.trace.event.ContentHash;
import java.util.BitSet;

/** Takes what a {@link ChunkEncoder} makes. */
public interface ChunkSink {

  /**
   * Bytes that the events of the open chunk name by their hash; the same content may come again
   * with each later chunk.
   *
   * @param source only valid during the call
   */
  void blob(ContentHash hash, byte[] source, int offset, int length);

  /**
   * A full chunk.
   *
   * @param kinds the kinds of its events, by their ids
   * @param payload its columns as a CBOR map, not used by the encoder again
   */
  void chunk(ChunkRange range, BitSet kinds, byte[] payload);
}

package dev.systole.trace;

import java.io.IOException;
import java.util.List;

/** Where an {@link EventCursor} gets its chunks from. */
interface ChunkSource {
  /** The chunks there are, in their order. */
  List<ChunkRange> chunks();

  /** Whether a chunk may hold events of wanted kinds, by their ids. */
  boolean mayHold(int chunk, boolean[] wanted);

  /** The reader of a chunk, or null where it is damaged, which is remembered. */
  ChunkReader chunkOrNull(int chunk, boolean[] wanted) throws IOException;

  /** Remembers that a chunk does not hold what it should. */
  void damaged(int chunk, String what);
}

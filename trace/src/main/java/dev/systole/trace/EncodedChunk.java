package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.event.Blob;
import java.io.IOException;
import java.util.List;

/** One chunk as a {@link ChunkEncoder} made it, which stands in no file. */
record EncodedChunk(Layouts layouts, ChunkRange range, byte[] payload, Blob.Source blobs)
    implements ChunkSource {
  @Override
  public List<ChunkRange> chunks() {
    return List.of(range);
  }

  @Override
  public boolean mayHold(int chunk, boolean[] wanted) {
    return true;
  }

  @Override
  public ChunkReader chunkOrNull(int chunk, boolean[] wanted) throws IOException {
    try {
      return new ChunkReader(layouts, wanted, range, payload, blobs);
    } catch (BadContentException e) {
      throw new IllegalArgumentException("no encoder made this chunk: " + e.getMessage(), e);
    }
  }

  @Override
  public void damaged(int chunk, String what) {
    throw new IllegalArgumentException("no encoder made this chunk: " + what);
  }
}

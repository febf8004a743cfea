package dev.systole.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The parts of an undamaged file in their order, as its lengths tell them. */
final class Chunks {

  /**
   * @param kind of the chunk; 0 the header, −1 the footer
   */
  record Part(int kind, long start, long end, ChunkRange range) {}

  private Chunks() {}

  static List<Part> of(byte[] trace) throws IOException {
    var file = new ChunkStore("test", new ByteSource.Memory(trace));
    var none = new ChunkRange(0, 0, 0, 0);
    var parts = new ArrayList<Part>();
    long offset = HeaderReader.read(file).lengthBytes();
    parts.add(new Part(0, 0, offset, none));
    long footer = trace.length - Format.FOOTER_BYTES;
    while (offset < footer) {
      ChunkHeader header = file.header(offset);
      long end = ChunkStore.end(offset, header);
      parts.add(new Part(header.kind(), offset, end, header.range()));
      offset = end;
    }
    parts.add(new Part(-1, footer, trace.length, none));
    return parts;
  }
}

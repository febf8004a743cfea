package dev.systole.trace;

import dev.systole.trace.event.ContentHash;
import java.io.IOException;

/** Finds the chunks of a file one after the other, and behind damage the next whole one. */
final class ChunkWalker {
  private static final int WINDOW_BYTES = 1 << 16;

  private final ChunkStore file;
  private final TraceMap map;

  ChunkWalker(ChunkStore file, TraceMap map) {
    this.file = file;
    this.map = map;
  }

  /** Fills the map with what stands from that place on. */
  void walk(long from) throws IOException {
    long offset = from;
    while (offset < file.lengthBytes()) {
      if (Footer.readAt(file, offset) != null) {
        map.finished = true;
        return;
      }
      ChunkHeader header = file.headerOrNull(offset);
      if (header == null) offset = skipDamage(offset);
      else if (ChunkStore.end(offset, header) > file.lengthBytes()) {
        map.damage.add(new Damage(offset, part(header), "is cut by the end of the file"));
        return;
      } else {
        visit(offset, header);
        offset = ChunkStore.end(offset, header);
      }
    }
    map.damage.add(
        new Damage(offset, "footer", "is missing: the file is cut, or was never finished"));
  }

  private void visit(long offset, ChunkHeader header) throws IOException {
    try {
      switch (header.kind()) {
        case ChunkHeader.KIND_EVENTS -> map.addChunk(offset, header.range());
        case ChunkHeader.KIND_BLOB -> {
          byte[] content = file.payload(offset, header);
          map.blobs.putIfAbsent(ContentHash.of(content, 0, content.length), offset);
        }
        case ChunkHeader.KIND_HEADER_COPY -> {
          byte[] copy = file.payload(offset, header);
          if (map.header == null) map.header = HeaderReader.parse(file, offset, copy);
        }
        case ChunkHeader.KIND_INDEX -> file.payload(offset, header);
        default -> {} // Of a later minor version.
      }
    } catch (CorruptTraceException e) {
      map.damage.add(e.asDamageOf(part(header)));
    }
  }

  private static String part(ChunkHeader header) {
    return switch (header.kind()) {
      case ChunkHeader.KIND_EVENTS -> new TraceMap.Place(0, header.range()).part();
      case ChunkHeader.KIND_BLOB -> "blob";
      case ChunkHeader.KIND_HEADER_COPY -> "copy of the header";
      case ChunkHeader.KIND_INDEX -> "index";
      default -> "chunk of kind " + header.kind();
    };
  }

  /** The next place where a chunk or the footer begins, or the end of the file. */
  private long skipDamage(long from) throws IOException {
    long found = nextChunk(from + 1);
    String what = (found - from) + " bytes are neither a chunk nor the footer";
    map.damage.add(new Damage(from, "chunk", what));
    return found;
  }

  private long nextChunk(long from) throws IOException {
    long end = file.lengthBytes();
    long footer = end - Format.FOOTER_BYTES;
    if (footer >= from && Footer.readAt(file, footer) != null) end = footer;
    for (long start = from; start + ChunkHeader.BYTES <= end; ) {
      int length = (int) Math.min(WINDOW_BYTES, end - start);
      byte[] window = file.read(start, length);
      int last = length - ChunkHeader.BYTES;
      for (int i = 0; i <= last; i++)
        if (window[i] == (byte) ChunkHeader.MAGIC && ChunkHeader.parse(window, i) != null)
          return start + i;
      start += last + 1;
    }
    return end;
  }
}

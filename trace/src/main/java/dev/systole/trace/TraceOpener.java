package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import java.io.IOException;

/**
 * Finds out what a file holds: by its header, footer and index, or by walking the chunks where any
 * of them is damaged or missing.
 */
final class TraceOpener {
  private TraceOpener() {}

  static TraceMap open(ChunkStore file) throws IOException {
    Footer footer = Footer.readAt(file, file.lengthBytes() - Format.FOOTER_BYTES);
    if (footer == null) return walk(file);
    var map = new TraceMap();
    Damage damage = readIndexed(file, footer.indexOffset(), map);
    if (damage == null) return map;
    TraceMap walked = walk(file);
    if (!walked.damage.contains(damage)) walked.damage.addFirst(damage);
    return walked;
  }

  /** Walks all chunks, whatever the index says. */
  static TraceMap walk(ChunkStore file) throws IOException {
    var map = new TraceMap();
    CorruptTraceException failure = null;
    long from = 0;
    try {
      HeaderReader.Found found = HeaderReader.read(file);
      map.header = found.decoded();
      from = found.lengthBytes();
    } catch (CorruptTraceException e) {
      failure = e;
      map.damage.add(e.asDamageOf("header"));
    }
    new ChunkWalker(file, map).walk(from);
    if (map.header == null) throw failure;
    return map;
  }

  /** Fills the map from header and index; what was wrong with them, or null. */
  private static Damage readIndexed(ChunkStore file, long indexOffset, TraceMap map)
      throws IOException {
    try {
      map.header = HeaderReader.read(file).decoded();
    } catch (CorruptTraceException e) {
      return e.asDamageOf("header");
    }
    try {
      ChunkHeader header = file.header(indexOffset);
      if (header.kind() != ChunkHeader.KIND_INDEX)
        throw file.corrupt(indexOffset, "another chunk than the index is here");
      Index.decode(file.payload(indexOffset, header), file.lengthBytes(), map);
    } catch (CorruptTraceException e) {
      return e.asDamageOf("index");
    } catch (BadContentException e) {
      return new Damage(indexOffset, "index", e.getMessage());
    }
    map.finished = true;
    return null;
  }
}

package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.coding.CborIn;
import dev.systole.trace.coding.CborOut;
import dev.systole.trace.event.ContentHash;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The payload of the index chunk, in CBOR:
 *
 * <pre>
 * {events → [[offset, first event, events, first time, last time] …], blobs → [[SHA-256, offset] …],
 *  kinds → [bit set …]}
 * </pre>
 *
 * The offsets are those of the chunks. Per chunk of events, bit N % 8 of byte N / 8 of its set
 * stands for kind N; files of version 1.0 have no kinds.
 */
final class Index {
  /** A bit for each of 256 kinds. */
  private static final int KIND_SET_BYTES = 32;

  private Index() {}

  static byte[] encode(
      List<TraceMap.Place> chunks, List<BitSet> kinds, Map<ContentHash, Long> blobs) {
    var out = new CborOut(1 << 12).map(3).key("events").array(chunks.size());
    for (TraceMap.Place chunk : chunks) {
      ChunkRange range = chunk.range();
      out.array(5).integer(chunk.offsetBytes()).integer(range.firstEvent());
      out.integer(range.eventCount()).integer(range.firstTimeNanos());
      out.integer(range.lastTimeNanos()).endArray();
    }
    out.endArray().key("blobs").array(blobs.size());
    blobs.forEach((hash, offset) -> out.array(2).bytes(hash.toBytes()).integer(offset).endArray());
    out.endArray().key("kinds").array(kinds.size());
    kinds.forEach(each -> out.bytes(each.toByteArray()));
    return out.endArray().endMap().toBytes();
  }

  /** Fills the map with what the index says about a file of that length. */
  static void decode(byte[] payload, long fileBytes, TraceMap map) throws IOException {
    var in = new CborIn(payload, 0, payload.length);
    in.map(
        key -> {
          switch (key) {
            case "events" -> in.array(() -> chunk(in, fileBytes, map));
            case "blobs" -> in.array(() -> blob(in, fileBytes, map));
            case "kinds" -> in.array(() -> map.kinds.add(kinds(in)));
            default -> in.skip();
          }
        });
    in.end();
    if (!map.kinds.isEmpty() && map.kinds.size() != map.chunks.size())
      throw new BadContentException("kinds of another number of chunks");
    if (!map.damage.isEmpty()) throw new BadContentException(map.damage.getFirst().what());
  }

  private static void chunk(CborIn in, long fileBytes, TraceMap map) throws IOException {
    in.startArray();
    long offset = in.integer();
    long firstEvent = in.integer();
    long events = in.integer();
    if (events != (int) events) throw new BadContentException("a chunk of " + events + " events");
    var range = new ChunkRange(firstEvent, (int) events, in.integer(), in.integer());
    in.endArray();
    checkPlace(offset, map.chunks.size(), fileBytes);
    map.addChunk(offset, range);
  }

  private static BitSet kinds(CborIn in) throws IOException {
    byte[] bits = in.bytes();
    if (bits.length > KIND_SET_BYTES)
      throw new BadContentException("kinds in " + bits.length + " bytes");
    return BitSet.valueOf(bits);
  }

  private static void blob(CborIn in, long fileBytes, TraceMap map) throws IOException {
    in.startArray();
    byte[] hash = in.bytes();
    long offset = in.integer();
    in.endArray();
    if (hash.length != ContentHash.BYTES)
      throw new BadContentException("a hash is too short or too long");
    checkPlace(offset, map.blobs.size(), fileBytes);
    map.blobs.put(ContentHash.fromBytes(hash), offset);
  }

  private static void checkPlace(long offset, int before, long fileBytes) throws IOException {
    if (offset < 0 || offset > fileBytes - ChunkHeader.BYTES)
      throw new BadContentException("a chunk at byte " + offset + " of " + fileBytes);
    if (before >= fileBytes / ChunkHeader.BYTES)
      throw new BadContentException("more chunks than the file can hold");
  }
}

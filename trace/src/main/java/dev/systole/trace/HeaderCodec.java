package dev.systole.trace;

import dev.systole.trace.cbor.CborOut;
import dev.systole.trace.event.ContentHash;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/**
 * The header as a CBOR map from names to values, in this order:
 *
 * <pre>
 * uuid 16 bytes, seed int, platform text, frontEnd text, levels [text], workload text,
 * arguments {text → text}, faults [text], modelVersion text, toolVersion text,
 * origin {parent 16 bytes, operation text} if there is one, schema (see {@link SchemaCodec})
 * </pre>
 *
 * The UUID is made of the SHA-256 of the map without it.
 */
final class HeaderCodec {
  private HeaderCodec() {}

  static byte[] encode(Header header) {
    CborOut out = new CborOut(1 << 14).map(entries(header) + 1);
    out.key("uuid").bytes(bytesOf(header.uuid()));
    return encodeRest(header, out);
  }

  static byte[] encodeWithoutUuid(Header header) {
    return encodeRest(header, new CborOut(1 << 14).map(entries(header)));
  }

  private static int entries(Header header) {
    return header.origin().isPresent() ? 11 : 10;
  }

  private static byte[] encodeRest(Header header, CborOut out) {
    out.key("seed").integer(header.seed());
    out.key("platform").text(header.platform());
    out.key("frontEnd").text(header.frontEnd());
    texts(out.key("levels"), header.levels());
    out.key("workload").text(header.workload());
    out.key("arguments").map(header.arguments().size());
    header.arguments().forEach((name, value) -> out.key(name).text(value));
    out.endMap();
    texts(out.key("faults"), header.faults());
    out.key("modelVersion").text(header.modelVersion());
    out.key("toolVersion").text(header.toolVersion());
    header
        .origin()
        .ifPresent(
            origin -> {
              out.key("origin").map(2).key("parent").bytes(bytesOf(origin.parent()));
              out.key("operation").text(origin.operation()).endMap();
            });
    SchemaCodec.encode(out.key("schema"), header.schema());
    return out.endMap().toBytes();
  }

  private static void texts(CborOut out, List<String> texts) {
    out.array(texts.size());
    texts.forEach(out::text);
    out.endArray();
  }

  private static byte[] bytesOf(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** A UUID of version 8 (RFC 9562: custom), its free bits the first of the bytes' SHA-256. */
  static UUID uuidOf(byte[] bytes) {
    var hash = ByteBuffer.wrap(ContentHash.of(bytes, 0, bytes.length).toBytes());
    long most = hash.getLong() & ~0xF000L | 0x8000L;
    long least = hash.getLong() & ~(0b11L << 62) | 0b10L << 62;
    return new UUID(most, least);
  }
}

package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.coding.CborIn;
import dev.systole.trace.coding.CborOut;
import dev.systole.trace.event.ContentHash;
import dev.systole.trace.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /**
   * @throws BadContentException when it is not the CBOR of a header; says why
   */
  static Decoded decode(byte[] bytes, int offset, int length) throws IOException {
    var in = new CborIn(bytes, offset, length);
    var header = new Decoding();
    try {
      in.map(key -> header.entry(key, in));
      in.end();
      return header.decoded();
    } catch (IllegalArgumentException e) {
      throw new BadContentException(e.getMessage());
    }
  }

  /** A header and the UUID that stands in it. */
  record Decoded(Header header, UUID uuid) {}

  /** What is known of a header while it is read. */
  private static final class Decoding {
    private UUID uuid;
    private Long seed;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, String> arguments = new TreeMap<>();
    private UUID parent;
    private String operation;
    private Schema schema;

    void entry(String key, CborIn in) throws IOException {
      switch (key) {
        case "uuid" -> uuid = uuidFrom(in.bytes());
        case "seed" -> seed = in.integer();
        case "platform", "frontEnd", "workload", "modelVersion", "toolVersion" ->
            texts.put(key, in.text());
        case "levels", "faults" -> {
          var list = new ArrayList<String>();
          in.array(() -> list.add(in.text()));
          lists.put(key, list);
        }
        case "arguments" -> in.map(name -> arguments.put(name, in.text()));
        case "origin" -> in.map(name -> origin(name, in));
        case "schema" -> schema = SchemaCodec.decode(in);
        default -> in.skip();
      }
    }

    private void origin(String key, CborIn in) throws IOException {
      switch (key) {
        case "parent" -> parent = uuidFrom(in.bytes());
        case "operation" -> operation = in.text();
        default -> in.skip();
      }
    }

    Decoded decoded() throws IOException {
      boolean hasOrigin = parent != null && operation != null;
      var header =
          new Header(
              there("seed", seed),
              there("platform", texts.get("platform")),
              there("frontEnd", texts.get("frontEnd")),
              there("levels", lists.get("levels")),
              there("workload", texts.get("workload")),
              arguments,
              there("faults", lists.get("faults")),
              there("modelVersion", texts.get("modelVersion")),
              there("toolVersion", texts.get("toolVersion")),
              hasOrigin ? Optional.of(new Header.Origin(parent, operation)) : Optional.empty(),
              there("schema", schema));
      return new Decoded(header, there("uuid", uuid));
    }

    private static <T> T there(String name, T value) throws IOException {
      if (value == null) throw new BadContentException("the header has no " + name);
      return value;
    }
  }

  private static UUID uuidFrom(byte[] bytes) throws IOException {
    if (bytes.length != 16) throw new BadContentException("a UUID of " + bytes.length + " bytes");
    var buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** A UUID of version 8 (RFC 9562: custom), its free bits the first of the bytes' SHA-256. */
  static UUID uuidOf(byte[] bytes) {
    var hash = ByteBuffer.wrap(ContentHash.of(bytes, 0, bytes.length).toBytes());
    long most = hash.getLong() & ~0xF000L | 0x8000L;
    long least = hash.getLong() & ~(0b11L << 62) | 0b10L << 62;
    return new UUID(most, least);
  }
}

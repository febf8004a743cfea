package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.systole.trace.Chunks.Part;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Files whose checksums hold and whose content is nonsense: nothing but damage may come of them.
 */
class HostileFileTest {
  private static final int ROUNDS = 1000;

  private static byte[] trace;
  private static List<Part> parts;

  @BeforeAll
  static void record() throws IOException {
    trace = Samples.smallTrace();
    parts = Chunks.of(trace);
  }

  @Test
  void anyPayloadOfEventsIsReadOrToldAsDamage() throws IOException {
    Part part = part(ChunkHeader.KIND_EVENTS);
    byte[] payload = payload(part);
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] hostile = mutated(payload, new Random(seed));
      readAll(join(header(), sealed(part, hostile)), seed);
    }
  }

  @Test
  void anyHeaderIsReadOrRefused() throws IOException {
    byte[] header = header();
    for (int seed = 0; seed < ROUNDS; seed++) {
      int fixed = Format.HEADER_FIXED_BYTES;
      byte[] cbor = Arrays.copyOfRange(header, fixed, header.length - Format.CRC_BYTES);
      byte[] hostile = mutated(cbor, new Random(seed));
      byte[] whole = Arrays.copyOf(header, fixed + hostile.length + Format.CRC_BYTES);
      System.arraycopy(hostile, 0, whole, fixed, hostile.length);
      int end = whole.length - Format.CRC_BYTES;
      var buffer = Format.littleEndian(whole).putInt(12, hostile.length);
      buffer.putInt(end, Format.crc(whole, 0, end));
      readAll(join(whole, slice(parts.get(2))), seed);
    }
  }

  @Test
  void anyIndexIsFollowedOrReplacedByWalking() throws IOException {
    Part index = part(ChunkHeader.KIND_INDEX);
    byte[] payload = payload(index);
    byte[] before = Arrays.copyOf(trace, (int) index.start());
    byte[] footer = slice(parts.getLast());
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] hostile = sealed(index, mutated(payload, new Random(seed)));
      readAll(join(before, hostile, footer), seed);
    }
  }

  @Test
  void lengthsAreNotBelieved() throws IOException {
    Part part = part(ChunkHeader.KIND_EVENTS);
    int[] lengths = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, Format.LONGEST_EVENTS_BYTES};
    for (int field : new int[] {16, 20, 40}) {
      for (int length : lengths) {
        byte[] chunk = slice(part);
        var buffer = Format.littleEndian(chunk).putInt(field, length);
        buffer.putInt(48, Format.crc(chunk, 0, 48));
        try (TraceReader reader = Samples.open(join(header(), chunk))) {
          assertFalse(reader.events().next());
          assertFalse(reader.damage().isEmpty());
        }
      }
    }
  }

  @Test
  void aHeaderThatSaysItIsHugeIsRefused() throws IOException {
    byte[] hostile = trace.clone();
    Format.littleEndian(hostile).putInt(12, -1);
    try (TraceReader reader = Samples.open(hostile)) {
      Damage first = reader.damage().getFirst();
      assertEquals(
          "at byte 12: header: the header says that it has 4294967295 bytes", first.toString());
      assertEquals(Samples.header(), reader.header());
    }
  }

  private static void readAll(byte[] file, int seed) {
    try (TraceReader reader = Samples.open(file)) {
      EventCursor cursor = reader.events();
      while (cursor.next()) {
        EventPrinter.json(cursor);
        EventPrinter.text(cursor);
        cursor.event();
        cursor.values().forEach(HostileFileTest::fetch);
      }
      reader.verify();
    } catch (TraceException _) {
      // Refused in one line.
    } catch (IOException | RuntimeException | AssertionError e) {
      fail("seed " + seed, e);
    }
  }

  private static void fetch(Value value) {
    if (!(value instanceof Value.Bytes(Blob blob))) return;
    try {
      blob.toBytes();
    } catch (UncheckedIOException _) {
      // The blob is not in the file.
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int place = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[place] = (byte) random.nextInt();
        case 1 -> mutated[place] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutated = Arrays.copyOf(mutated, place + 1);
        default -> mutated[place] = (byte) 0xFF;
      }
    }
    return mutated;
  }

  private static Part part(int kind) {
    return parts.stream().filter(part -> part.kind() == kind).findFirst().orElseThrow();
  }

  private static byte[] payload(Part part) throws IOException {
    var store = new ChunkStore("test", new ByteSource.Memory(trace));
    return store.payload(part.start(), store.header(part.start()));
  }

  /** The chunk with another payload and checksums that hold. */
  private static byte[] sealed(Part part, byte[] payload) {
    var header =
        new ChunkHeader(
            part.kind(),
            ChunkHeader.CODEC_NONE,
            part.range(),
            payload.length,
            payload.length,
            Format.crc(payload, 0, payload.length));
    return join(header.toBytes(), payload);
  }

  private static byte[] header() {
    return slice(parts.getFirst());
  }

  private static byte[] slice(Part part) {
    return Arrays.copyOfRange(trace, (int) part.start(), (int) part.end());
  }

  private static byte[] join(byte[]... pieces) {
    var out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) out.writeBytes(piece);
    return out.toByteArray();
  }
}

package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubPacket.Device;
import dev.systole.errorstate.Bytes;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Reads the packets of an AUB one after the other, memtrace or classic, gzipped or not; the grammar
 * stands in the package description. A damaged file is read up to the damage, which {@link #damage}
 * then tells; only a file that does not begin as an AUB is refused.
 */
public final class AubReader implements Closeable {
  /** Nothing larger is unzipped. */
  public static final long MAX_UNZIPPED_BYTES = 4L << 30;

  /** A classic block that claims more is damaged; memtrace packets cannot. */
  private static final int MAX_BLOCK_BYTES = 64 << 20;

  private static final String NOTHING_MORE = "where the next packet begins is not known";

  private final AubInput in;
  private final Queue<AubPacket> ready = new ArrayDeque<>();
  private AubDamage damage;
  private boolean ended;

  private AubReader(AubInput in) {
    this.in = in;
  }

  /**
   * Opens a stream and reads its first packet.
   *
   * @param name what messages call it
   * @throws AubException when it is no AUB
   */
  public static AubReader open(InputStream in, String name) throws IOException {
    return open(in, name, MAX_UNZIPPED_BYTES);
  }

  static AubReader open(InputStream in, String name, long maxUnzippedBytes) throws IOException {
    var reader = new AubReader(new AubInput(in, maxUnzippedBytes));
    reader.readPacket();
    if (reader.ready.peek() instanceof Device) return reader;
    String why =
        reader.in.offset() == 0
            ? reader.in.damage().orElse("the file is empty")
            : "it does not begin with an AUB's version or header packet";
    throw new AubException("%s: not an AUB file: %s".formatted(name, why));
  }

  /**
   * Whether a file with these first bytes is an AUB, maybe a gzipped one.
   *
   * @param head its first bytes, the more the better: 4 KiB do
   */
  public static boolean recognises(byte[] head) {
    try (var in = new AubInput(new ByteArrayInputStream(head), MAX_UNZIPPED_BYTES)) {
      byte[] first = in.read(Integer.BYTES);
      return first.length == Integer.BYTES && header(first).beginsFile();
    } catch (IOException e) {
      return false;
    }
  }

  /** The next packet, or nothing behind the last. */
  public Optional<AubPacket> next() throws IOException {
    while (ready.isEmpty() && !ended) readPacket();
    return Optional.ofNullable(ready.poll());
  }

  /** Why the reader stopped before the file's end; nothing as long as there are packets. */
  public Optional<AubDamage> damage() {
    return ready.isEmpty() ? Optional.ofNullable(damage) : Optional.empty();
  }

  private void readPacket() throws IOException {
    long start = in.offset();
    try {
      byte[] first = readAll(start, "a packet", Integer.BYTES);
      if (ended) return;
      PacketHeader header = header(first);
      if (!header.isPacket()) {
        String what = "0x%08x begins no packet".formatted(header.dword());
        throw new DamagedPacketException(new AubDamage(start, what, NOTHING_MORE));
      }
      Bytes body = Bytes.of(readAll(start, "the " + header, header.bodyBytes()));
      var parser = new PacketParser(start, header, body);
      if (header.kind() == PacketHeader.CLASSIC_TRACE_BLOCK) {
        ready.add(parser.block(readBlock(start, parser.blockBytes())));
      } else {
        ready.addAll(parser.parse());
      }
    } catch (DamagedPacketException e) {
      damage = e.damage();
      ended = true;
    }
  }

  private Bytes readBlock(long start, long sizeBytes) throws IOException, DamagedPacketException {
    if (sizeBytes > MAX_BLOCK_BYTES) {
      String what = "a trace block of %d bytes".formatted(sizeBytes);
      throw new DamagedPacketException(new AubDamage(start, what, NOTHING_MORE));
    }
    return Bytes.of(readAll(start, "the trace block", (int) sizeBytes));
  }

  /** Reads so many bytes; none are a good end where a packet could begin. */
  private byte[] readAll(long start, String what, int count)
      throws IOException, DamagedPacketException {
    byte[] bytes = in.read(count);
    if (bytes.length == count) return bytes;
    boolean betweenPackets = in.offset() == start;
    ended = betweenPackets && in.damage().isEmpty();
    if (ended) return bytes;
    String where = betweenPackets ? "the file ends here" : "the file ends within " + what;
    String why = in.damage().orElse("it was cut at byte " + in.offset());
    throw new DamagedPacketException(new AubDamage(start, where, why));
  }

  private static PacketHeader header(byte[] first) {
    return new PacketHeader(Bytes.of(first).dword(0));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package dev.systole.bridge.aub;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Makes AUBs by hand, packet by packet (mesa-igt-tools.md part 4). */
final class AubBuilder {
  static final int GGTT = 0;
  static final int PHYSICAL = 2;
  static final int GGTT_ENTRY = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static AubBuilder tigerLake() {
    byte[] text = padded("PCI-ID=0x9A49 test".getBytes(StandardCharsets.US_ASCII));
    return new AubBuilder().packet(0xf70e, concat(dwords(1, 22 << 8, 0, 0), text));
  }

  /** A memtrace packet: its kind in the upper half of the header, and what follows it. */
  AubBuilder packet(int kind, byte[] body) {
    return dwordsOf(kind << 16 | body.length / 4).bytes(body);
  }

  AubBuilder register(int register, int value) {
    return packet(0xf703, dwords(register, 0x20000, -1, 0, value));
  }

  AubBuilder memory(int space, long address, byte[] data) {
    byte[] head = dwords((int) address, (int) (address >>> 32), space << 28, data.length);
    return packet(0xf706, concat(head, padded(data)));
  }

  AubBuilder memory(int space, long address, int... dwords) {
    return memory(space, address, dwords(dwords));
  }

  /** Maps pages of the GGTT to pages of physical memory that follow each other. */
  AubBuilder ggtt(long address, long physical, int pages) {
    int[] entries = new int[2 * pages];
    for (int i = 0; i < pages; i++) entries[2 * i] = (int) physical + i * 4096 | 1;
    return memory(GGTT_ENTRY, (address >>> 12) * 8, entries);
  }

  /**
   * Page tables from 0x100000 on that map one page, at the lowest addresses of what four tables can
   * map, and a context at GGTT 0x2000 whose ring of a page is at GGTT 0x1000.
   */
  AubBuilder context(long batch, long physical) {
    int[] indices = new int[4];
    for (int level = 0; level < 4; level++) {
      indices[level] = (int) (batch >>> 39 - 9 * level) & 0x1ff;
    }
    for (int level = 0; level < 4; level++) {
      long target = level == 3 ? physical : 0x101000 + level * 0x1000L;
      long entry = 0x100000 + level * 0x1000L + indices[level] * 8L;
      memory(PHYSICAL, entry, (int) target | 3, (int) (target >>> 32));
    }
    ggtt(0x1000, 0x200000, 3).memory(GGTT, 0x2000, new byte[4096]);
    return memory(GGTT, 0x3000, state());
  }

  /** The registers of the context: two commands that load them, and the end. */
  private static int[] state() {
    int[] state = new int[1024];
    int[] ring = {0x11080009, 0x2244, 0x90009, 0x2034, 0, 0x2030, 0, 0x2038, 0x1000, 0x203c, 1};
    int[] root = {0x11080003, 0x2274, 0, 0x2270, 0x100000, 0x05000000};
    System.arraycopy(ring, 0, state, 1, ring.length);
    System.arraycopy(root, 0, state, 47, root.length);
    return state;
  }

  /** Commands into the ring's beginning, its head and tail into the context's image. */
  AubBuilder ring(int... commands) {
    memory(GGTT, 0x1000, commands);
    return memory(GGTT, 0x3014, 0).memory(GGTT, 0x301c, commands.length * 4);
  }

  /** Submits the context to the engine with these registers, as Gen11 and later do. */
  AubBuilder submit(int base) {
    return register(base + 0x510, 0x2339).register(base + 0x514, 0).register(base + 0x550, 1);
  }

  AubBuilder dwordsOf(int... dwords) {
    return bytes(dwords(dwords));
  }

  AubBuilder bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] build() {
    return out.toByteArray();
  }

  AubReader reader() throws IOException {
    return AubReader.open(new ByteArrayInputStream(build()), "test.aub");
  }

  AubRecording recording() throws IOException {
    return AubRecording.open(new ByteArrayInputStream(build()), "test.aub");
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    return zipped.toByteArray();
  }

  static byte[] dwords(int... dwords) {
    var buffer = ByteBuffer.allocate(dwords.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int dword : dwords) buffer.putInt(dword);
    return buffer.array();
  }

  static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 3 & ~3);
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}

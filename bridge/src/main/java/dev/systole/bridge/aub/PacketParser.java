package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubPacket.Comment;
import dev.systole.bridge.aub.AubPacket.Device;
import dev.systole.bridge.aub.AubPacket.MemoryWrite;
import dev.systole.bridge.aub.AubPacket.RegisterWrite;
import dev.systole.bridge.aub.AubPacket.RingWrite;
import dev.systole.bridge.aub.AubPacket.Skipped;
import dev.systole.errorstate.Bytes;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes packets of the bytes of one. Offsets count from behind the first dword, so that dword 0 of
 * the body is the packet's DW1.
 */
final class PacketParser {
  private static final Pattern DEVICE =
      Pattern.compile("PCI-ID=(?:0[xX])?(\\p{XDigit}{1,8}) ?(.*)");
  private static final int MAX_TEXT_BYTES = 1 << 12;

  private static final int VERSION_TEXT_BYTE = 16;
  private static final int COMMENT_TEXT_BYTE = 4;
  private static final int HEADER_NAME_BYTE = 4;
  private static final int HEADER_NAME_BYTES = 32;
  private static final int HEADER_COMMENT_BYTE = 48;
  private static final int MEM_WRITE_DATA_BYTE = 16;
  private static final int DISCONT_ENTRIES = 63;
  private static final int DISCONT_ENTRY_BYTES = 12;
  private static final int DISCONT_DATA_BYTE =
      Integer.BYTES + DISCONT_ENTRIES * DISCONT_ENTRY_BYTES;
  private static final int BLOCK_HEAD_BYTES = 16;
  private static final int BLOCK_SIZE_BYTE = 12;

  private final long offsetBytes;
  private final PacketHeader header;
  private final Bytes body;

  /**
   * @param offsetBytes where in the file the packet begins
   * @param body all that follows the header, of a classic block without its data
   */
  PacketParser(long offsetBytes, PacketHeader header, Bytes body) {
    this.offsetBytes = offsetBytes;
    this.header = header;
    this.body = body;
  }

  List<AubPacket> parse() throws DamagedPacketException {
    return switch (header.kind()) {
      case PacketHeader.MEMTRACE_VERSION -> List.of(version());
      case PacketHeader.MEMTRACE_REG_WRITE -> List.of(registerWrite());
      case PacketHeader.MEMTRACE_MEM_WRITE -> List.of(memoryWrite());
      case PacketHeader.MEMTRACE_MEM_WRITE_DISCONT -> scatteredWrite();
      case PacketHeader.MEMTRACE_COMMENT ->
          List.of(new Comment(offsetBytes, text(COMMENT_TEXT_BYTE, MAX_TEXT_BYTES)));
      case PacketHeader.CLASSIC_HEADER -> List.of(classicHeader());
      default -> List.of(skipped());
    };
  }

  private Device version() {
    String text = text(VERSION_TEXT_BYTE, MAX_TEXT_BYTES);
    Matcher device = DEVICE.matcher(text);
    if (!device.matches()) return new Device(offsetBytes, OptionalInt.empty(), text);
    return new Device(offsetBytes, pciId(device), device.group(2));
  }

  private Device classicHeader() {
    Matcher device = DEVICE.matcher(text(HEADER_COMMENT_BYTE, MAX_TEXT_BYTES));
    OptionalInt pciId = device.matches() ? pciId(device) : OptionalInt.empty();
    return new Device(offsetBytes, pciId, text(HEADER_NAME_BYTE, HEADER_NAME_BYTES));
  }

  private static OptionalInt pciId(Matcher device) {
    return OptionalInt.of(Integer.parseUnsignedInt(device.group(1), 16));
  }

  /** DW1 register, DW2 size and space (0: MMIO), DW3 and DW4 a mask, DW5 value. */
  private AubPacket registerWrite() throws DamagedPacketException {
    demand(5 * Integer.BYTES);
    boolean mmio = dword(1) >>> 28 == 0;
    return mmio ? new RegisterWrite(offsetBytes, dword(0), dword(4)) : skipped();
  }

  /** DW1 and DW2 address, DW3 space, DW4 length in bytes, then the data. */
  private AubPacket memoryWrite() throws DamagedPacketException {
    demand(MEM_WRITE_DATA_BYTE);
    Bytes data = slice(MEM_WRITE_DATA_BYTE, Integer.toUnsignedLong(dword(3)));
    return memoryWrite(dword(2) >>> 28, qword(0), data);
  }

  /** DW1 space, 63 addresses with their sizes, then the data of one after the other. */
  private List<AubPacket> scatteredWrite() throws DamagedPacketException {
    demand(DISCONT_DATA_BYTE);
    var writes = new ArrayList<AubPacket>();
    int from = DISCONT_DATA_BYTE;
    for (int i = 0; i < DISCONT_ENTRIES; i++) {
      int entry = Integer.BYTES + i * DISCONT_ENTRY_BYTES;
      Bytes data = slice(from, Integer.toUnsignedLong(body.dword(entry + Long.BYTES)));
      if (data.sizeBytes() == 0) continue;
      writes.add(memoryWrite(dword(0) >>> 28, qword(entry), data));
      from += data.sizeBytes();
    }
    return writes;
  }

  private AubPacket memoryWrite(int spaceNumber, long address, Bytes data)
      throws DamagedPacketException {
    Optional<AubSpace> space = AubSpace.ofMemtrace(spaceNumber);
    if (space.isEmpty()) throw damaged("memory space %d is unknown".formatted(spaceNumber));
    return new MemoryWrite(offsetBytes, space.get(), address, data);
  }

  /** How many bytes of data follow a classic block. */
  long blockBytes() throws DamagedPacketException {
    demand(BLOCK_HEAD_BYTES);
    return Integer.toUnsignedLong(body.dword(BLOCK_SIZE_BYTE)) & -Integer.BYTES;
  }

  /** DW1 operation, type and space, DW3 address, DW4 size, DW5 the address's high half. */
  AubPacket block(Bytes data) {
    long high = body.sizeBytes() > BLOCK_HEAD_BYTES ? Integer.toUnsignedLong(dword(4)) : 0;
    long address = Integer.toUnsignedLong(dword(2)) | high << Integer.SIZE;
    int operation = dword(0) & 0xff;
    Optional<Engine> engine = ringOf(dword(0) >>> 8 & 0xff);
    boolean inGtt = (dword(0) >>> 16 & 0xff) == 0;
    if (!inGtt || operation != 1 && operation != 2) return skipped();
    return operation == 2 && engine.isPresent()
        ? new RingWrite(offsetBytes, engine.get(), address, data)
        : new MemoryWrite(offsetBytes, AubSpace.FLAT, address, data);
  }

  private static Optional<Engine> ringOf(int type) {
    return Optional.ofNullable(
        switch (type) {
          case 2 -> Engine.RCS0;
          case 3 -> Engine.VCS0;
          case 4 -> Engine.BCS0;
          default -> null;
        });
  }

  private Skipped skipped() {
    return new Skipped(offsetBytes, header.dword());
  }

  private int dword(int index) {
    return body.dword(index * Integer.BYTES);
  }

  private long qword(int fromByte) {
    return Integer.toUnsignedLong(body.dword(fromByte))
        | (long) body.dword(fromByte + Integer.BYTES) << Integer.SIZE;
  }

  private Bytes slice(int from, long lengthBytes) throws DamagedPacketException {
    if (lengthBytes > body.sizeBytes() - from) {
      throw damaged("it claims %d bytes of data and is too short for them".formatted(lengthBytes));
    }
    byte[] data = new byte[(int) lengthBytes];
    body.buffer().get(from, data);
    return Bytes.of(data);
  }

  /** A text that ends at a zero byte; what cannot be printed becomes a question mark. */
  private String text(int from, int maxBytes) {
    var text = new StringBuilder();
    int end = Math.min(body.sizeBytes(), from + maxBytes);
    for (int i = from; i < end && body.unsignedByte(i) != 0; i++) {
      int c = body.unsignedByte(i);
      text.append(c < ' ' || c > '~' ? '?' : (char) c);
    }
    return text.toString().strip();
  }

  private void demand(int bytes) throws DamagedPacketException {
    if (body.sizeBytes() < bytes) throw damaged("it is too short");
  }

  private DamagedPacketException damaged(String why) {
    return new DamagedPacketException(
        new AubDamage(offsetBytes, "the %s cannot be read".formatted(header), why));
  }
}

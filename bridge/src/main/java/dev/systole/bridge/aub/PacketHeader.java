package dev.systole.bridge.aub;

/** The first dword of a packet: 7 in bits 31:29, opcode 28:23, subopcode 22:16, length 15:0. */
record PacketHeader(int dword) {
  static final int CLASSIC_BMP = 0xe09e;
  static final int CLASSIC_HEADER = 0xe085;
  static final int CLASSIC_TRACE_BLOCK = 0xe0c1;
  static final int MEMTRACE_REG_WRITE = 0xf703;
  static final int MEMTRACE_MEM_WRITE = 0xf706;
  static final int MEMTRACE_COMMENT = 0xf708;
  static final int MEMTRACE_MEM_WRITE_DISCONT = 0xf70b;
  static final int MEMTRACE_VERSION = 0xf70e;

  private static final int TYPE = 7;
  private static final int CLASSIC = 0x01;
  private static final int MEMTRACE = 0x2e;

  /** Type, opcode and subopcode: what the packet is. */
  int kind() {
    return dword >>> 16;
  }

  private int opcode() {
    return dword >>> 23 & 0x3f;
  }

  /** Whether a packet of either family begins with this dword. */
  boolean isPacket() {
    return dword >>> 29 == TYPE && (opcode() == CLASSIC || opcode() == MEMTRACE);
  }

  /** Whether it is the packet that an AUB begins with. */
  boolean beginsFile() {
    return kind() == MEMTRACE_VERSION || kind() == CLASSIC_HEADER;
  }

  /** How much of the packet follows this dword, without the data of a classic block. */
  int bodyBytes() {
    int length = dword & 0xffff;
    return Integer.BYTES * (opcode() == CLASSIC ? length + 1 : length);
  }

  @Override
  public String toString() {
    return switch (kind()) {
      case CLASSIC_BMP -> "picture";
      case CLASSIC_HEADER -> "header";
      case CLASSIC_TRACE_BLOCK -> "trace block";
      case MEMTRACE_REG_WRITE -> "register write";
      case MEMTRACE_MEM_WRITE, MEMTRACE_MEM_WRITE_DISCONT -> "memory write";
      case MEMTRACE_COMMENT -> "comment";
      case MEMTRACE_VERSION -> "version";
      default -> "packet 0x%08x".formatted(dword);
    };
  }
}

package dev.systole.gpu.naive;

import dev.systole.gpu.naive.NaiveMemory.Space;

/** A command in memory (gen12-commands.md 1.1 and 1.2); every dword is fetched when asked for. */
record NaiveCommand(NaiveMemory memory, Space space, long place) {
  int dword(int index) {
    return memory.load32(space, place + 4L * index);
  }

  /** A bit of the header. */
  boolean bit(int number) {
    return (dword(0) >>> number & 1) != 0;
  }

  /** Two dwords as one number. */
  long address(int index) {
    return dword(index) & 0xffffffffL | (long) dword(index + 1) << 32;
  }

  /** The signed lower half of a dword. */
  int low16(int index) {
    return (short) dword(index);
  }

  /** The signed upper half of a dword. */
  int high16(int index) {
    return dword(index) >> 16;
  }

  int length() {
    int header = dword(0);
    return switch (header >>> 29) {
      case 0 -> miLength(header, header >>> 23);
      case 2 -> (header & 0xff) + 2;
      case 3 -> (header >>> 27 & 3) == 1 ? 1 : (header & 0xff) + 2;
      default -> throw new NaiveEngine.Stuck("no command: %08x".formatted(header));
    };
  }

  private static int miLength(int header, int opcode) {
    if (opcode < 0x10) return 1;
    int mask =
        switch (opcode) {
          case 0x20, 0x23, 0x27 -> 0x3ff;
          case 0x26, 0x28 -> 0x3f;
          default -> 0xff;
        };
    return (header & mask) + 2;
  }
}

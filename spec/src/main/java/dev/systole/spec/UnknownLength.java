package dev.systole.spec;

/**
 * How long a command is that no table knows: Mesa's rules (gen12-commands.md 1.2) and beyond them
 * its practical superset, by which video engines count in bits 11 to 0 and media commands in bits
 * 15 to 0.
 */
final class UnknownLength {
  /** No rule; a decoder steps on by one dword. */
  static final int NONE = 0;

  private static final int BIAS = 2;
  private static final int FIRST_LONG_MI_OPCODE = 0x10;
  private static final int SINGLE_DWORD_3D_HEADER = 0x780b;

  private UnknownLength() {}

  static int lengthDwords(int dw0, EngineClass engine) {
    return switch (dw0 >>> 29) {
      case 0 -> (dw0 >>> 23) < FIRST_LONG_MI_OPCODE ? 1 : counted(dw0, 8);
      case 2, 5 -> counted(dw0, 8);
      case 3 -> graphics(dw0, engine);
      default -> NONE;
    };
  }

  private static int graphics(int dw0, EngineClass engine) {
    int opcode = dw0 >>> 24 & 7;
    return switch (dw0 >>> 27 & 3) {
      case 0 -> opcode <= 1 ? counted(dw0, 8) : NONE;
      case 1 -> opcode <= 1 ? 1 : NONE;
      case 2 -> media(dw0, opcode, engine);
      default -> {
        if (opcode > 4) yield NONE;
        yield dw0 >>> 16 == SINGLE_DWORD_3D_HEADER ? 1 : counted(dw0, 8);
      }
    };
  }

  private static int media(int dw0, int opcode, EngineClass engine) {
    return switch (engine) {
      case VIDEO, VIDEO_ENHANCE -> counted(dw0, 12);
      case RENDER, COMPUTE, COPY -> counted(dw0, opcode == 0 ? 8 : 16);
    };
  }

  private static int counted(int dw0, int bits) {
    return (dw0 & (1 << bits) - 1) + BIAS;
  }
}

package dev.systole.gpu.naive;

import dev.systole.gpu.naive.NaiveMemory.Space;

/** The blits of gen12-commands.md 3.2, pixel by pixel and byte by byte. */
final class NaiveBlitter {
  private static final int[] LEGACY_BYTES = {1, 2, 2, 4};
  private static final int[] FAST_COPY_BYTES = {1, 2, 0, 4, 8, 16};
  private static final int[] WIDE_BYTES = {1, 2, 4, 8, 12, 16};
  private static final int COPY_SOURCE = 0xcc;
  private static final int ALL_BYTES = 0xffff;

  private final NaiveMemory memory;
  private final NaiveRegisters registers;

  NaiveBlitter(NaiveMemory memory, NaiveRegisters registers) {
    this.memory = memory;
    this.registers = registers;
  }

  private enum Tiling {
    LINEAR,
    X,
    Y
  }

  /** A picture; the pitch of one with tiles is given in dwords. */
  private record Picture(Space space, long start, int pitch, Tiling tiling, int pixelBytes) {
    long address(int x, int y, int inPixel) {
      int across = x * pixelBytes + inPixel;
      return start
          + switch (tiling) {
            case LINEAR -> (long) y * pitch + across;
            case X -> tile(across / 512, y / 8, 512) + y % 8 * 512 + across % 512;
            case Y ->
                tile(across / 128, y / 32, 128)
                    + across % 128 / 16 * 512
                    + y % 32 * 16
                    + across % 16;
          };
    }

    private long tile(int column, int row, int widthBytes) {
      return 4096L * ((long) row * (4 * pitch / widthBytes) + column);
    }
  }

  /** A rectangle of the target, its right and lower edges excluded. */
  private record Rectangle(int left, int top, int right, int bottom) {
    static Rectangle of(NaiveCommand command) {
      return new Rectangle(
          command.low16(2), command.high16(2), command.low16(3), command.high16(3));
    }
  }

  void execute(NaiveCommand command, Space space) {
    switch (command.dword(0) >>> 22 & 0x7f) {
      case 0x41 -> blockCopy(command, space);
      case 0x42 -> fastCopy(command, space);
      case 0x44 -> fastColor(command, space);
      case 0x50 -> color(command, space);
      case 0x53 -> sourceCopy(command, space);
      default -> {
        // not among the blits of 3.2
      }
    }
  }

  private void color(NaiveCommand command, Space space) {
    Picture target = legacy(command, space, 4, command.dword(1) & 0xffff, 11, 2);
    byte[] pattern = number(command.dword(6), target.pixelBytes());
    Rectangle to = Rectangle.of(command);
    for (int y = to.top(); y < to.bottom(); y++) {
      for (int x = to.left(); x < to.right(); x++) {
        combine(target, x, y, rop(command), pattern, new byte[16], channels(command));
      }
    }
  }

  private void sourceCopy(NaiveCommand command, Space space) {
    Picture target = legacy(command, space, 4, command.dword(1) & 0xffff, 11, 2);
    Picture source = legacy(command, space, 8, command.dword(7) & 0xffff, 15, 1);
    copy(command, target, source, 6, rop(command), channels(command));
  }

  /** BCS_SWCTRL tells X from Y: bit 0 for the source, bit 1 for the target. */
  private Picture legacy(
      NaiveCommand command, Space space, int address, int pitch, int tiledBit, int controlBit) {
    Tiling tiled = (registers.own(0x200) & controlBit) != 0 ? Tiling.Y : Tiling.X;
    Tiling tiling = command.bit(tiledBit) ? tiled : Tiling.LINEAR;
    int bytes = LEGACY_BYTES[command.dword(1) >>> 24 & 3];
    return new Picture(space, command.address(address), pitch, tiling, bytes);
  }

  private static int rop(NaiveCommand command) {
    return command.dword(1) >>> 16 & 0xff;
  }

  /** Which bytes of a 32-bit pixel are written: alpha, and red, green and blue. */
  private static int channels(NaiveCommand command) {
    if ((command.dword(1) >>> 24 & 3) != 3) return ALL_BYTES;
    return (command.bit(21) ? 8 : 0) | (command.bit(20) ? 7 : 0);
  }

  private void fastCopy(NaiveCommand command, Space space) {
    int bytes = FAST_COPY_BYTES[command.dword(1) >>> 24 & 7];
    int header = command.dword(0);
    Tiling targetTiling = Tiling.values()[header >>> 13 & 3];
    Tiling sourceTiling = Tiling.values()[header >>> 20 & 3];
    int targetPitch = command.dword(1) & 0xffff;
    int sourcePitch = command.dword(7) & 0xffff;
    var target = new Picture(space, command.address(4), targetPitch, targetTiling, bytes);
    var source = new Picture(space, command.address(8), sourcePitch, sourceTiling, bytes);
    copy(command, target, source, 6, COPY_SOURCE, ALL_BYTES);
  }

  private void fastColor(NaiveCommand command, Space space) {
    Picture target = wide(command, space, 1, 4);
    byte[] color = new byte[16];
    for (int i = 0; i < 16; i++) color[i] = (byte) (command.dword(7 + i / 4) >>> i % 4 * 8);
    Rectangle to = Rectangle.of(command);
    for (int y = to.top(); y < to.bottom(); y++) {
      for (int x = to.left(); x < to.right(); x++) {
        combine(target, x, y, COPY_SOURCE, new byte[16], color, ALL_BYTES);
      }
    }
  }

  private void blockCopy(NaiveCommand command, Space space) {
    copy(
        command, wide(command, space, 1, 4), wide(command, space, 8, 9), 7, COPY_SOURCE, ALL_BYTES);
  }

  private Picture wide(NaiveCommand command, Space space, int control, int address) {
    int flags = command.dword(control);
    Tiling tiling = flags >>> 30 == 0 ? Tiling.LINEAR : Tiling.Y;
    int bytes = WIDE_BYTES[command.dword(0) >>> 19 & 7];
    return new Picture(space, command.address(address), (flags & 0x3_ffff) + 1, tiling, bytes);
  }

  /** Reads all of the source before it writes: where they overlap, it is the old picture. */
  private void copy(
      NaiveCommand command, Picture target, Picture source, int corner, int rop, int channels) {
    Rectangle to = Rectangle.of(command);
    int width = Math.max(0, to.right() - to.left());
    int height = Math.max(0, to.bottom() - to.top());
    byte[][] pixels = new byte[width * height][];
    for (int i = 0; i < pixels.length; i++) {
      int x = command.low16(corner) + i % width;
      int y = command.high16(corner) + i / width;
      pixels[i] = pixel(source, x, y);
    }
    for (int i = 0; i < pixels.length; i++) {
      int x = to.left() + i % width;
      int y = to.top() + i / width;
      combine(target, x, y, rop, new byte[16], pixels[i], channels);
    }
  }

  private byte[] pixel(Picture picture, int x, int y) {
    byte[] pixel = new byte[picture.pixelBytes()];
    for (int i = 0; i < pixel.length; i++) {
      pixel[i] = (byte) memory.load(picture.space(), picture.address(x, y, i), 1);
    }
    return pixel;
  }

  private static byte[] number(int value, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    for (int i = 0; i < sizeBytes; i++) bytes[i] = (byte) (value >>> 8 * i);
    return bytes;
  }

  /** A raster operation is a table: its bit for pattern, source and target is the result's. */
  private void combine(
      Picture picture, int x, int y, int rop, byte[] pattern, byte[] source, int channels) {
    byte[] target = pixel(picture, x, y);
    for (int i = 0; i < target.length; i++) {
      if ((channels & 1 << i) == 0) continue;
      int result = 0;
      for (int bit = 0; bit < 8; bit++) {
        int index =
            (pattern[i] >> bit & 1) << 2 | (source[i] >> bit & 1) << 1 | target[i] >> bit & 1;
        result |= (rop >>> index & 1) << bit;
      }
      memory.store(picture.space(), picture.address(x, y, i), 1, result);
    }
  }
}

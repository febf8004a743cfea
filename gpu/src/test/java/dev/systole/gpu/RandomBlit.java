package dev.systole.gpu;

import dev.systole.gpu.PageTables.Buffer;
import java.util.Arrays;
import java.util.Random;

/**
 * A 2D command with a raster operation, of random operands, and what it has to do, pixel by pixel,
 * to arrays of bytes that stand for the target, the source and the pattern.
 */
final class RandomBlit {
  private static final int[] OPCODES = {
    0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76,
    0x77
  };
  private static final int[] DEPTH_BYTES = {1, 2, 2, 4};
  private static final int[][] COMPONENTS = {
    {0xff, 0},
    {0xf800, 0x7e0, 0x1f, 0},
    {0x7c00, 0x3e0, 0x1f, 0x8000},
    {0xff0000, 0xff00, 0xff, -1 << 24}
  };

  private final Random random;
  private final int opcode;
  private final int depth;
  private final int bytes;
  private final boolean tileY;
  private final boolean clips;
  private int[] clip;
  private int header;
  private int mode;
  private int[] command = new int[0];

  private int left;
  private int top;
  private int right;
  private int bottom;
  private int targetPitch;
  private int sourcePitch;
  private int sourceX;
  private int sourceY;
  private int sourceBackground;
  private int sourceForeground;
  private int[] sourceImmediate;
  private int patternBackground;
  private int patternForeground;
  private long patternBits;
  private int[] patternImmediate;
  private int keyLow;
  private int keyHigh;

  RandomBlit(Random random, boolean tileY, int[] clip) {
    this.random = random;
    this.tileY = tileY;
    this.clip = clip;
    opcode = OPCODES[random.nextInt(OPCODES.length)];
    depth = random.nextInt(4);
    bytes = DEPTH_BYTES[depth];
    clips = random.nextBoolean();
  }

  @Override
  public String toString() {
    return "%s%s".formatted(tileY ? "tiles Y " : "", Arrays.toString(hex()));
  }

  private String[] hex() {
    return Arrays.stream(command).mapToObj(Integer::toHexString).toArray(String[]::new);
  }

  private boolean is(int... opcodes) {
    return Arrays.stream(opcodes).anyMatch(one -> one == opcode);
  }

  private boolean picture() {
    return is(0x53, 0x55, 0x57, 0x73, 0x74);
  }

  private boolean bits() {
    return is(0x54, 0x56, 0x58, 0x71, 0x75);
  }

  private boolean key() {
    return is(0x73, 0x76, 0x77);
  }

  private boolean monoPattern() {
    return is(0x52, 0x57, 0x58, 0x59);
  }

  /** The command, which draws with the pictures at these addresses. */
  int[] command(Buffer target, Buffer source, Buffer pattern) {
    header =
        0x40000000 | opcode << 22 | random.nextInt(4) << 20 | random.nextInt(1 << 20) & 0xeff00;
    mode = random.nextInt(256) << 16 | depth << 24 | (clips ? 1 << 30 : 0);
    if (random.nextBoolean()) mode |= 1 << 28;
    if (random.nextBoolean()) mode |= 1 << 29;
    if (is(0x57, 0x58) && random.nextInt(4) == 0) mode |= 1 << 31;
    left = random.nextInt(50);
    top = random.nextInt(40);
    right = left + random.nextInt(50);
    bottom = top + random.nextInt(20);
    targetPitch = pitch(targetTiled());
    sourcePitch = pitch(sourceTiled());
    put(header);
    put(mode | targetPitch / (targetTiled() ? 4 : 1));
    put(top << 16 | left);
    put(bottom << 16 | right);
    put(target);
    if (opcode == 0x50) put(patternForeground = random.nextInt());
    putSource(source);
    putPattern(pattern);
    if (key()) {
      put(keyLow = random.nextInt() & random.nextInt());
      put(keyHigh = keyLow | random.nextInt());
    }
    if (opcode == 0x71) sourceImmediate = putRandom(rowWords() * (bottom - top) / 2 + 1);
    if (is(0x72, 0x74, 0x75, 0x77)) patternImmediate = putRandom(16 * bytes);
    command[0] |= command.length - 2;
    return command;
  }

  private void putSource(Buffer source) {
    if (picture()) {
      sourceX = random.nextInt(30);
      sourceY = random.nextInt(30);
      put(sourceY << 16 | sourceX);
      put(sourcePitch / (sourceTiled() ? 4 : 1));
      put(source);
    } else if (bits()) {
      if (opcode != 0x71) put(source);
      put(sourceBackground = random.nextInt());
      put(sourceForeground = random.nextInt());
    }
  }

  private void putPattern(Buffer pattern) {
    if (is(0x51, 0x55, 0x56, 0x76)) put(pattern);
    if (!monoPattern()) return;
    put(patternBackground = random.nextInt());
    put(patternForeground = random.nextInt());
    patternBits = random.nextLong();
    if (opcode == 0x59) {
      header = command[0] = header & ~(0xf << 15) | 5 << 15;
      patternBits = 0x8142241818244281L;
    } else {
      put((int) patternBits);
      put((int) (patternBits >>> 32));
    }
  }

  private void put(Buffer buffer) {
    put(buffer.low());
    put(buffer.high());
  }

  private void put(int dword) {
    command = Arrays.copyOf(command, command.length + 1);
    command[command.length - 1] = dword;
  }

  private int[] putRandom(int count) {
    int[] dwords = random.ints(count).toArray();
    for (int dword : dwords) put(dword);
    return dwords;
  }

  private boolean targetTiled() {
    return (header & 1 << 11) != 0;
  }

  private boolean sourceTiled() {
    return picture() && (header & 1 << 15) != 0;
  }

  private int pitch(boolean tiled) {
    return tiled ? 512 : 4 * (50 + random.nextInt(70));
  }

  private int firstBit() {
    return header >>> 17 & 7;
  }

  private int rowWords() {
    return (firstBit() + right - left + 15) / 16;
  }

  /** What the command does. */
  void draw(byte[] target, byte[] source, byte[] pattern) {
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        boolean outside = x < clip[0] || y < clip[1] || x >= clip[2] || y >= clip[3];
        if (!clips || !outside) draw(x, y, target, source, pattern);
      }
    }
  }

  private void draw(int x, int y, byte[] target, byte[] source, byte[] pattern) {
    int place = place(x, y, targetTiled(), targetPitch);
    int old = load(target, place);
    int s = 0;
    if (picture()) {
      s = load(source, place(x - left + sourceX, y - top + sourceY, sourceTiled(), sourcePitch));
    } else if (bits()) {
      boolean on = sourceBit(x - left, y - top, source);
      if (!on && (mode & 1 << 29) != 0) return;
      s = on ? sourceForeground : sourceBackground;
    }
    int cell = (y + (header >>> 8 & 7) & 7) * 8 + (x + (header >>> 12 & 7) & 7);
    int p = opcode == 0x50 ? patternForeground : 0;
    if (monoPattern()) {
      boolean on = (patternBits >>> cell / 8 * 8 + 7 - cell % 8 & 1) != 0 || mode < 0;
      if (!on && (mode & 1 << 28) != 0) return;
      p = on ? patternForeground : patternBackground;
    } else if (patternImmediate != null) {
      p = patternImmediate[cell * bytes / 4] >>> 8 * (cell * bytes % 4);
    } else if (is(0x51, 0x55, 0x56, 0x76)) {
      p = load(pattern, cell * bytes);
    }
    if (key() && heldBack(s, old)) return;
    int made = 0;
    for (int bit = 0; bit < 32; bit++) {
      int number = (p >>> bit & 1) << 2 | (s >>> bit & 1) << 1 | old >>> bit & 1;
      made |= (mode >>> 16 + number & 1) << bit;
    }
    int channels =
        ((header & 1 << 21) != 0 ? -1 << 24 : 0) | ((header & 1 << 20) != 0 ? 0xffffff : 0);
    int mask = depth == 3 ? channels : -1;
    int result = made & mask | old & ~mask;
    for (int i = 0; i < bytes; i++) target[place + i] = (byte) (result >>> 8 * i);
  }

  /** Bits begin on the left; every row begins with a word. */
  private boolean sourceBit(int x, int y, byte[] source) {
    int bit = y * rowWords() * 16 + firstBit() + x;
    int octet = opcode == 0x71 ? sourceImmediate[bit / 32] >>> bit / 8 % 4 * 8 : source[bit / 8];
    return (octet >>> 7 - bit % 8 & 1) != 0;
  }

  private boolean heldBack(int s, int old) {
    int keyMode = header >>> 17 & 7;
    return switch (keyMode) {
      case 1, 3 -> picture() && inRange(s, keyMode == 3);
      case 5, 7 -> !inRange(old, keyMode == 5);
      default -> false;
    };
  }

  private boolean inRange(int pixel, boolean alpha) {
    int[] components = COMPONENTS[depth];
    for (int i = 0; i < components.length - (alpha ? 0 : 1); i++) {
      long component = pixel & components[i] & 0xffffffffL;
      if (component < (keyLow & components[i] & 0xffffffffL)) return false;
      if (component > (keyHigh & components[i] & 0xffffffffL)) return false;
    }
    return true;
  }

  private int place(int x, int y, boolean tiled, int pitch) {
    int column = x * bytes;
    if (!tiled) return y * pitch + column;
    if (!tileY) return (y / 8 * (pitch / 512) + column / 512) * 4096 + y % 8 * 512 + column % 512;
    int tile = y / 32 * (pitch / 128) + column / 128;
    return tile * 4096 + column % 128 / 16 * 512 + y % 32 * 16 + column % 16;
  }

  private int load(byte[] memory, int place) {
    int pixel = 0;
    for (int i = 0; i < bytes; i++) pixel |= (memory[place + i] & 0xff) << 8 * i;
    return pixel;
  }
}

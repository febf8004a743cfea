package dev.systole.gpu;

import dev.systole.spec.Engine;
import java.util.Arrays;
import java.util.Random;

/** Valid commands that keep to one buffer and the registers that users may write. */
final class RandomCommands {
  private final Random random;
  private final PageTables.Buffer target;
  private final int base;
  private final boolean render;
  private final boolean copy;
  private int[] dwords = new int[64];
  private int size;

  RandomCommands(Random random, TestContext context) {
    this.random = random;
    target = context.tables().buffer(4);
    base = context.engine().mmioBase();
    render = context.engine() == Engine.RCS0;
    copy = context.engine() == Engine.BCS0;
  }

  /** Where the commands write. */
  PageTables.Buffer target() {
    return target;
  }

  /** About {@code atLeast} dwords, a whole number of commands. */
  int[] dwords(int atLeast) {
    while (size < atLeast) add();
    return Arrays.copyOf(dwords, size);
  }

  private void add() {
    int gpr = base + 0x600 + 4 * random.nextInt(32);
    int place = target.low() + 8 * random.nextInt(512);
    int value = random.nextInt(4);
    switch (random.nextInt(16)) {
      case 0 -> put(0);
      case 1 -> put(0x02800000);
      case 2 -> put(0x04000000 | random.nextInt(2));
      case 3 -> put(0x11000001, gpr, random.nextInt());
      case 4 -> put(0x11000003, gpr, value, base + 0x600, random.nextInt());
      case 5 -> put(0x15000001, base + 0x600 + 4 * random.nextInt(32), gpr);
      case 6 -> put(0x14800002, gpr, place, target.high());
      case 7 -> put(0x12000002, gpr, place, target.high());
      case 8 -> put(0x10000002, place, target.high(), random.nextInt());
      case 9 -> put(0x10200003, place, target.high(), random.nextInt(), random.nextInt());
      case 10 -> put(0x17000003, place, target.high(), target.low() + 8 * value, target.high());
      case 11 ->
          put(
              0x17800001 | 1 + random.nextInt(15) << 8 | random.nextInt(2) << 16,
              place,
              target.high());
      case 12 ->
          put(
              0x0d000003,
              0x08008000 | value,
              0x08008400 | 1,
              0x10000000 | random.nextInt(5) << 20,
              0x18000c31);
      case 13 -> put(render ? 0x06000000 | random.nextInt(256) : 0);
      case 14 -> {
        if (render) put(0x7a000004, 0x00144000, place, target.high(), random.nextInt(), 0);
        else put(0x13004003, place, target.high(), random.nextInt(), 0);
      }
      default -> {
        if (render) put(0x7b000005, 4, 3 * random.nextInt(100), 0, 1 + value, 0, 0);
        else if (copy)
          put(0x54300005, 0x03f00040, 0, 0x00080008, place, target.high(), random.nextInt());
      }
    }
  }

  private void put(int... command) {
    if (size + command.length > dwords.length) dwords = Arrays.copyOf(dwords, 2 * dwords.length);
    System.arraycopy(command, 0, dwords, size, command.length);
    size += command.length;
  }
}

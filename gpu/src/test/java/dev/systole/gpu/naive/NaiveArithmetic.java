package dev.systole.gpu.naive;

import java.util.function.IntUnaryOperator;

/** What commands compute: MI_MATH (2.1), MI_ATOMIC (2.2) and comparisons. */
final class NaiveArithmetic {
  private NaiveArithmetic() {}

  /** The ALU of MI_MATH: two sources, an accumulator and two flags. */
  static void math(NaiveRegisters registers, int count, IntUnaryOperator instructions) {
    long[] alu = new long[0x40];
    for (int i = 0; i < count; i++) {
      int instruction = instructions.applyAsInt(i);
      int first = instruction >>> 10 & 0x3ff;
      int second = instruction & 0x3ff;
      switch (instruction >>> 20) {
        case 0x000 -> {}
        case 0x080 -> alu[first] = operand(registers, alu, second);
        case 0x480 -> alu[first] = ~operand(registers, alu, second);
        case 0x081 -> alu[first] = 0;
        case 0x481 -> alu[first] = -1;
        case 0x180 -> registers.setGpr(first, alu[second]);
        case 0x580 -> registers.setGpr(first, ~alu[second]);
        default -> compute(alu, instruction >>> 20);
      }
    }
  }

  private static long operand(NaiveRegisters registers, long[] alu, int operand) {
    return operand < 16 ? registers.gpr(operand) : alu[operand];
  }

  private static void compute(long[] alu, int opcode) {
    long a = alu[0x20];
    long b = alu[0x21];
    alu[0x31] =
        switch (opcode) {
          case 0x100 -> a + b;
          case 0x101 -> a - b;
          case 0x102 -> a & b;
          case 0x103 -> a | b;
          case 0x104 -> a ^ b;
          default -> throw new IllegalArgumentException(Integer.toHexString(opcode));
        };
    alu[0x32] = alu[0x31] == 0 ? -1 : 0;
    boolean carry =
        opcode == 0x100
            ? Long.compareUnsigned(alu[0x31], a) < 0
            : opcode == 0x101 && Long.compareUnsigned(a, b) < 0;
    alu[0x33] = carry ? -1 : 0;
  }

  /** What an atomic operation leaves in memory and what it returns. */
  record Atomic(long memory, long returned) {}

  /** An atomic operation on a number of 32 or 64 {@code bits}. */
  static Atomic atomic(int opcode, int bits, long memory, long first, long second) {
    long a = signed(first, bits);
    long old = signed(memory, bits);
    long now =
        switch (opcode & 0x1f) {
          case 0x01 -> old & a;
          case 0x02 -> old | a;
          case 0x03 -> old ^ a;
          case 0x04 -> a;
          case 0x05 -> old + 1;
          case 0x06, 0x0f -> old - 1;
          case 0x07 -> old + a;
          case 0x08 -> old - a;
          case 0x09 -> a - old;
          case 0x0a -> Math.max(old, a);
          case 0x0b -> Math.min(old, a);
          case 0x0c -> Long.compareUnsigned(old, a) > 0 ? old : a;
          case 0x0d -> Long.compareUnsigned(old, a) < 0 ? old : a;
          case 0x0e -> old == a ? second : old;
          default -> throw new IllegalArgumentException(Integer.toHexString(opcode));
        };
    return new Atomic(now, (opcode & 0x1f) == 0x0f ? now : old);
  }

  private static long signed(long value, int bits) {
    return bits == 32 ? (int) value : value;
  }

  /** 2, op 1c: "0 >, 1 ≥, 2 <, 3 ≤, 4 =, 5 ≠", unsigned. */
  static boolean compares(int operation, int memory, int inline) {
    int order = Integer.compareUnsigned(memory, inline);
    return switch (operation) {
      case 0 -> order > 0;
      case 1 -> order >= 0;
      case 2 -> order < 0;
      case 3 -> order <= 0;
      case 4 -> order == 0;
      case 5 -> order != 0;
      default -> throw new IllegalArgumentException("compare operation " + operation);
    };
  }
}

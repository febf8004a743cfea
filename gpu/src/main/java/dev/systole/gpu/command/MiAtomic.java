package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;

/** MI_ATOMIC (gen12-commands.md 2.2). */
final class MiAtomic {
  /** What the forms of 8 bytes have in common with those of 4: their low bits. */
  private static final int OPERATION_MASK = 0x1f << MI_ATOMIC_ATOMIC_OPCODE_SHIFT;

  private static final int FIRST_RETURN_GPR = 4;

  private MiAtomic() {}

  static int execute(EngineState s, int header) {
    boolean ggtt = (header & MI_ATOMIC_USE_GLOBAL_GTT) != 0;
    if (ggtt && !s.privileged()) return s.costs.command();
    long address = s.operandAddress(MI_ATOMIC_MEMORY_ADDRESS_DWORD);
    boolean inline = (header & MI_ATOMIC_INLINE_DATA) != 0;
    boolean returns = (header & MI_ATOMIC_RETURN_DATA_CONTROL) != 0;
    int operation = header & OPERATION_MASK;
    switch (header & MI_ATOMIC_DATA_SIZE_MASK) {
      case MI_ATOMIC_DATA_SIZE_DWORD -> dword(s, address, ggtt, operation, inline, returns);
      case MI_ATOMIC_DATA_SIZE_QWORD -> qword(s, address, ggtt, operation, inline, returns);
      case MI_ATOMIC_DATA_SIZE_OCTWORD -> octword(s, address, ggtt, operation, inline, returns);
      default -> {}
    }
    return s.costs.load();
  }

  private static void dword(
      EngineState s, long address, boolean ggtt, int operation, boolean inline, boolean returns) {
    int old = s.load32(address, ggtt);
    int first = inline ? s.operand(MI_ATOMIC_OPERAND_1_DATA_DWORD_0_DWORD) : (int) operand(s, 1, 0);
    int second =
        inline ? s.operand(MI_ATOMIC_OPERAND_2_DATA_DWORD_0_DWORD) : (int) operand(s, 2, 0);
    boolean unsigned =
        operation == MI_ATOMIC_ATOMIC_OPCODE_UMAX || operation == MI_ATOMIC_ATOMIC_OPCODE_UMIN;
    long mask = unsigned || operation == MI_ATOMIC_ATOMIC_OPCODE_CMP_WR ? 0xffffffffL : -1;
    int result = (int) apply(operation, old & mask, first & mask, second & mask);
    s.store32(address, ggtt, result);
    if (returns) {
      MiRegister.setGpr(
          s,
          FIRST_RETURN_GPR,
          (operation == MI_ATOMIC_ATOMIC_OPCODE_PREDEC ? result : old) & 0xffffffffL);
    }
  }

  private static void qword(
      EngineState s, long address, boolean ggtt, int operation, boolean inline, boolean returns) {
    long old = s.load64(address, ggtt);
    long first = inline ? inlineQword(s, 1, 0) : operand(s, 1, 0);
    long second = inline ? inlineQword(s, 2, 0) : operand(s, 2, 0);
    long result = apply(operation, old, first, second);
    s.store64(address, ggtt, result);
    if (returns)
      MiRegister.setGpr(
          s, FIRST_RETURN_GPR, operation == MI_ATOMIC_ATOMIC_OPCODE_PREDEC ? result : old);
  }

  /** CMP_WR16B, the only operation on 16 bytes. */
  private static void octword(
      EngineState s, long address, boolean ggtt, int operation, boolean inline, boolean returns) {
    address &= ~0xfL;
    long oldLow = s.load64(address, ggtt);
    long oldHigh = s.load64(address + Long.BYTES, ggtt);
    boolean equal =
        oldLow == octwordOperand(s, 1, 0, inline) && oldHigh == octwordOperand(s, 1, 1, inline);
    if (equal && operation == MI_ATOMIC_ATOMIC_OPCODE_CMP_WR) {
      s.store64(address, ggtt, octwordOperand(s, 2, 0, inline));
      s.store64(address + Long.BYTES, ggtt, octwordOperand(s, 2, 1, inline));
    }
    if (!returns) return;
    MiRegister.setGpr(s, FIRST_RETURN_GPR, oldLow);
    MiRegister.setGpr(s, FIRST_RETURN_GPR + 1, oldHigh);
  }

  private static long octwordOperand(EngineState s, int number, int half, boolean inline) {
    return inline ? inlineQword(s, number, half) : operand(s, number, half);
  }

  /** Operand 1 in GPR1:GPR0, operand 2 in GPR3:GPR2. */
  private static long operand(EngineState s, int number, int half) {
    return MiRegister.gpr(s, 2 * (number - 1) + half);
  }

  /** Inline operands are interleaved, dword by dword. */
  private static long inlineQword(EngineState s, int number, int half) {
    int first =
        number == 1
            ? MI_ATOMIC_OPERAND_1_DATA_DWORD_0_DWORD
            : MI_ATOMIC_OPERAND_2_DATA_DWORD_0_DWORD;
    int low = s.operand(first + 4 * half);
    return low & 0xffffffffL | (long) s.operand(first + 4 * half + 2) << 32;
  }

  private static long apply(int operation, long old, long first, long second) {
    return switch (operation) {
      case MI_ATOMIC_ATOMIC_OPCODE_AND -> old & first;
      case MI_ATOMIC_ATOMIC_OPCODE_OR -> old | first;
      case MI_ATOMIC_ATOMIC_OPCODE_XOR -> old ^ first;
      case MI_ATOMIC_ATOMIC_OPCODE_MOVE -> first;
      case MI_ATOMIC_ATOMIC_OPCODE_INC -> old + 1;
      case MI_ATOMIC_ATOMIC_OPCODE_DEC, MI_ATOMIC_ATOMIC_OPCODE_PREDEC -> old - 1;
      case MI_ATOMIC_ATOMIC_OPCODE_ADD -> old + first;
      case MI_ATOMIC_ATOMIC_OPCODE_SUB -> old - first;
      case MI_ATOMIC_ATOMIC_OPCODE_RSUB -> first - old;
      case MI_ATOMIC_ATOMIC_OPCODE_IMAX -> Math.max(old, first);
      case MI_ATOMIC_ATOMIC_OPCODE_IMIN -> Math.min(old, first);
      case MI_ATOMIC_ATOMIC_OPCODE_UMAX -> Long.compareUnsigned(old, first) > 0 ? old : first;
      case MI_ATOMIC_ATOMIC_OPCODE_UMIN -> Long.compareUnsigned(old, first) < 0 ? old : first;
      case MI_ATOMIC_ATOMIC_OPCODE_CMP_WR -> old == first ? second : old;
      default -> old;
    };
  }
}

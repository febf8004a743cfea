package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;

import dev.systole.gpu.platform.Architecture;
import dev.systole.spec.gen12.RingRegisters;

/**
 * MI_MATH: a small accumulator machine over the general purpose registers (gen12-commands.md 2.1).
 */
final class MiMath {
  private static final int SRCA = 0x20;
  private static final int SRCB = 0x21;
  private static final int ACCU = 0x31;
  private static final int ZF = 0x32;
  private static final int CF = 0x33;

  private final EngineState s;
  private long a;
  private long b;
  private long accumulator;
  private long zero;
  private long carry;

  MiMath(EngineState state) {
    s = state;
  }

  int execute(int length) {
    a = b = accumulator = zero = carry = 0;
    for (int i = 1; i < length; i++) step(s.operand(i));
    return s.costs.command() + length;
  }

  private void step(int instruction) {
    int operand1 = (instruction & MI_MATH_OPERAND_1_MASK) >>> MI_MATH_OPERAND_1_SHIFT;
    int operand2 = (instruction & MI_MATH_OPERAND_2_MASK) >>> MI_MATH_OPERAND_2_SHIFT;
    switch (instruction & MI_MATH_ALU_OPCODE_MASK) {
      case MI_MATH_ALU_OPCODE_LOAD -> setSource(operand1, value(operand2));
      case MI_MATH_ALU_OPCODE_LOADINV -> setSource(operand1, ~value(operand2));
      case MI_MATH_ALU_OPCODE_LOAD0 -> setSource(operand1, 0);
      case MI_MATH_ALU_OPCODE_LOAD1 -> setSource(operand1, -1);
      case MI_MATH_ALU_OPCODE_ADD -> setResult(a + b, Long.compareUnsigned(a + b, a) < 0);
      case MI_MATH_ALU_OPCODE_SUB -> setResult(a - b, Long.compareUnsigned(a, b) < 0);
      case MI_MATH_ALU_OPCODE_AND -> setResult(a & b, false);
      case MI_MATH_ALU_OPCODE_OR -> setResult(a | b, false);
      case MI_MATH_ALU_OPCODE_XOR -> setResult(a ^ b, false);
      case MI_MATH_ALU_OPCODE_STORE -> store(operand1, value(operand2));
      case MI_MATH_ALU_OPCODE_STOREINV -> store(operand1, ~value(operand2));
      default -> {
        if (s.architecture == Architecture.XE_HPG) stepXeHpg(instruction, operand1, operand2);
      }
    }
  }

  /** What came with graphics version 12.5; the fences have nothing to wait for. */
  private void stepXeHpg(int instruction, int operand1, int operand2) {
    int shift = (int) b & Long.SIZE - 1;
    switch (instruction & MI_MATH_ALU_OPCODE_MASK) {
      case MI_MATH_ALU_OPCODE_SHL -> setResult(a << shift, false);
      case MI_MATH_ALU_OPCODE_SHR -> setResult(a >>> shift, false);
      case MI_MATH_ALU_OPCODE_SAR -> setResult(a >> shift, false);
      case MI_MATH_ALU_OPCODE_LOADIND -> store(operand1, s.load64(value(operand2), false));
      case MI_MATH_ALU_OPCODE_STOREIND -> s.store64(value(operand1), false, value(operand2));
      default -> {}
    }
  }

  private long value(int operand) {
    return switch (operand) {
      case ACCU -> accumulator;
      case ZF -> zero;
      case CF -> carry;
      default -> operand < RingRegisters.CS_GPR_COUNT ? MiRegister.gpr(s, operand) : 0;
    };
  }

  private void setSource(int operand, long value) {
    if (operand == SRCA) a = value;
    else if (operand == SRCB) b = value;
  }

  private void setResult(long result, boolean carryOut) {
    accumulator = result;
    zero = result == 0 ? -1 : 0;
    carry = carryOut ? -1 : 0;
  }

  private void store(int operand, long value) {
    if (operand < RingRegisters.CS_GPR_COUNT) MiRegister.setGpr(s, operand, value);
  }
}

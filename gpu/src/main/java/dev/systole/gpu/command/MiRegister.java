package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.CS_GPR;
import static dev.systole.spec.gen12.RingRegisters.CS_GPR_COUNT;
import static dev.systole.spec.gen12.RingRegisters.CS_GPR_STRIDE_BYTES;

import dev.systole.spec.Engine;

/** Commands that move registers. */
public final class MiRegister {
  private static final Engine[] ENGINES = Engine.values();
  private static final int GPR_BYTES = CS_GPR_COUNT * CS_GPR_STRIDE_BYTES;

  private MiRegister() {}

  static int loadImm(EngineState s, int header, int length) {
    boolean addBase = (header & MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET) != 0;
    boolean remap = (header & MI_LOAD_REGISTER_IMM_MMIO_REMAP_ENABLE) != 0;
    int kept = keptBits(header);
    for (int i = 1; i + 1 < length; i += 2) {
      int offset = offset(s, s.operand(i), addBase, remap);
      int value = s.operand(i + 1);
      write(s, offset, kept == 0 ? value : value & ~kept | read(s, offset) & kept);
    }
    return s.costs.registerWrite() * (length / 2);
  }

  /** The bits of a register whose bytes the header forbids to write. */
  private static int keptBits(int header) {
    int disables =
        (header & MI_LOAD_REGISTER_IMM_BYTE_WRITE_DISABLES_MASK)
            >>> MI_LOAD_REGISTER_IMM_BYTE_WRITE_DISABLES_SHIFT;
    int kept = 0;
    for (int lane = 0; disables >>> lane != 0; lane++) {
      if ((disables >>> lane & 1) != 0) kept |= 0xff << lane * Byte.SIZE;
    }
    return kept;
  }

  static int loadReg(EngineState s, int header) {
    boolean addToSource = (header & MI_LOAD_REGISTER_REG_ADD_CS_MMIO_START_OFFSET_SOURCE) != 0;
    boolean addToTarget = (header & MI_LOAD_REGISTER_REG_ADD_CS_MMIO_START_OFFSET_DESTINATION) != 0;
    boolean remapSource = (header & MI_LOAD_REGISTER_REG_MMIO_REMAP_ENABLE_SOURCE) != 0;
    boolean remapTarget = (header & MI_LOAD_REGISTER_REG_MMIO_REMAP_ENABLE_DESTINATION) != 0;
    int source = offset(s, s.operand(1), addToSource, remapSource);
    int target = offset(s, s.operand(2), addToTarget, remapTarget);
    write(s, target, read(s, source));
    return s.costs.registerWrite();
  }

  static int loadMem(EngineState s, int header) {
    boolean ggtt = (header & MI_LOAD_REGISTER_MEM_USE_GLOBAL_GTT) != 0;
    if (ggtt && !s.privileged()) return s.costs.command();
    boolean addBase = (header & MI_LOAD_REGISTER_MEM_ADD_CS_MMIO_START_OFFSET) != 0;
    int value = s.load32(s.operandAddress(MI_LOAD_REGISTER_MEM_MEMORY_ADDRESS_DWORD), ggtt);
    boolean remap = (header & MI_LOAD_REGISTER_MEM_MMIO_REMAP_ENABLE) != 0;
    write(s, offset(s, s.operand(1), addBase, remap), value);
    return s.costs.load();
  }

  static int storeMem(EngineState s, int header) {
    boolean ggtt = (header & MI_STORE_REGISTER_MEM_USE_GLOBAL_GTT) != 0;
    if (ggtt && !s.privileged()) return s.costs.command();
    if ((header & MI_STORE_REGISTER_MEM_PREDICATE_ENABLE) != 0 && !MiPredicate.result(s)) {
      return s.costs.command();
    }
    boolean addBase = (header & MI_STORE_REGISTER_MEM_ADD_CS_MMIO_START_OFFSET) != 0;
    boolean remap = (header & MI_STORE_REGISTER_MEM_MMIO_REMAP_ENABLE) != 0;
    int value = read(s, offset(s, s.operand(1), addBase, remap));
    s.store32(s.operandAddress(MI_STORE_REGISTER_MEM_MEMORY_ADDRESS_DWORD), ggtt, value);
    return s.costs.load();
  }

  /**
   * Where a register operand points to. With the base added only the bits count that span the
   * engine's block (i915-kernel.md 4.3).
   */
  public static int offset(EngineState s, int operand, boolean addBase) {
    return offset(s, operand, addBase, false);
  }

  private static int offset(EngineState s, int operand, boolean addBase, boolean remap) {
    int offset = operand & MI_LOAD_REGISTER_IMM_REGISTER_OFFSET_MASK;
    if (addBase) return s.base + (offset & blockMask(s));
    return remap ? remapped(s, offset) : offset;
  }

  /** What was written for one engine of the class works on all: its registers become the own. */
  private static int remapped(EngineState s, int offset) {
    for (Engine other : ENGINES) {
      boolean sibling = other.engineClass() == s.engine.engineClass();
      int own = offset - other.mmioBase();
      if (sibling && own == (own & blockMask(s))) return s.base + own;
    }
    return offset;
  }

  private static int blockMask(EngineState s) {
    return switch (s.engine.engineClass()) {
      case RENDER, COMPUTE -> 0x7fc;
      case COPY -> 0xffc;
      case VIDEO, VIDEO_ENHANCE -> 0x3ffc;
    };
  }

  private static int read(EngineState s, int offset) {
    int own = offset - s.base;
    if (own >= CS_GPR && own < CS_GPR + GPR_BYTES) return s.own.load32(own);
    s.loop.changed();
    return s.registers.read(offset);
  }

  /** Writes a register; from a batch in the PPGTT only those that users may write. */
  static void write(EngineState s, int offset, int value) {
    int own = offset - s.base;
    if (own >= CS_GPR && own < CS_GPR + GPR_BYTES) s.setOwnRegister(own, value);
    else if (s.privileged() || UserRegisters.mayWrite(s, offset)) writeEffective(s, offset, value);
  }

  private static void writeEffective(EngineState s, int offset, int value) {
    s.loop.changed();
    s.registers.write(offset, value);
  }

  /** General purpose register number {@code index}. */
  static long gpr(EngineState s, int index) {
    return s.own.load64(CS_GPR + index * CS_GPR_STRIDE_BYTES);
  }

  static void setGpr(EngineState s, int index, long value) {
    int offset = CS_GPR + index * CS_GPR_STRIDE_BYTES;
    s.setOwnRegister(offset, (int) value);
    s.setOwnRegister(offset + Integer.BYTES, (int) (value >>> 32));
  }
}

package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;

/**
 * How the register state of a context lies in its image on Gen12 (i915-kernel.md 4.3): lists of
 * MI_LOAD_REGISTER_IMM at fixed places of the image's second page. Registers without a name are
 * those of which only the offset is known.
 *
 * @param dword where the list begins
 * @param header its first dword
 * @param registers what it loads, as offsets from the engine's base
 */
record ContextLayout(int dword, int header, int[] registers) {
  /** Dwords that a restore looks through: all lists and the end behind them. */
  static final int DWORDS = 0xc0;

  /** First dword behind the lists that are loaded even when restore is inhibited. */
  static final int INHIBITED_DWORD = 0x34;

  private static final int POSTED = MI_LOAD_REGISTER_IMM_FORCE_POSTED;

  private static final int[] RING = {
    RING_CONTEXT_CONTROL,
    RING_HEAD,
    RING_TAIL,
    RING_START,
    RING_CTL,
    RING_BBADDR_UDW,
    RING_BBADDR,
    RING_BBSTATE,
    RING_BB_PER_CTX_PTR,
    RING_INDIRECT_CTX,
    RING_INDIRECT_CTX_OFFSET,
    CCID,
    RING_SEMAPHORE_TOKEN
  };
  private static final int[] PAGE_TABLES = {
    RING_CTX_TIMESTAMP,
    RING_PDP_UDW + 24,
    RING_PDP_LDW + 24,
    RING_PDP_UDW + 16,
    RING_PDP_LDW + 16,
    RING_PDP_UDW + 8,
    RING_PDP_LDW + 8,
    RING_PDP_UDW,
    RING_PDP_LDW
  };
  private static final int[] RENDER_UNNAMED = {0x1b0, 0x5a8, 0x5ac};
  private static final int[] POWER = {R_PWR_CLK_STATE};

  private static final List<ContextLayout> OTHER =
      List.of(list(0x01, POSTED, RING), list(0x21, POSTED, PAGE_TABLES));
  private static final List<ContextLayout> RENDER =
      List.of(
          list(0x01, POSTED, RING),
          list(0x21, POSTED, PAGE_TABLES),
          list(0x34, POSTED, RENDER_UNNAMED),
          list(0x41, 0, POWER),
          list(0x51, POSTED, renderState()));

  /** The lists of an engine's contexts, in the order of their places. */
  static List<ContextLayout> of(EngineClass engine) {
    return switch (engine) {
      case RENDER, COMPUTE -> RENDER;
      case VIDEO, VIDEO_ENHANCE, COPY -> OTHER;
    };
  }

  private static ContextLayout list(int dword, int flags, int[] registers) {
    int header =
        MI_LOAD_REGISTER_IMM
            | MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET
            | flags
            | 2 * registers.length - 1;
    return new ContextLayout(dword, header, registers);
  }

  private static int[] renderState() {
    var registers = new ArrayList<Integer>();
    for (int i = 0; i < 6; i++) registers.add(0x588);
    registers.addAll(List.of(RING_EXCC, RING_MI_MODE, RING_INSTPM, 0x178, 0x17c, RING_TIMESTAMP));
    registers.addAll(List.of(0x170, 0x150, 0x154, RING_BB_OFFSET, MI_PREDICATE_RESULT_1));
    for (int i = 0; i < CS_GPR_COUNT; i++) {
      registers.add(CS_GPR + i * CS_GPR_STRIDE_BYTES);
      registers.add(CS_GPR + i * CS_GPR_STRIDE_BYTES + Integer.BYTES);
    }
    registers.addAll(List.of(RING_IPEHR, RING_CMD_BUF_CCTL));
    return registers.stream().mapToInt(Integer::intValue).toArray();
  }
}

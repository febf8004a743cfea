package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.platform.Architecture;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the register state of a context lies in its image (i915-kernel.md 4.3): lists of
 * MI_LOAD_REGISTER_IMM at fixed places of the image's second page, MI_NOOP between them. Registers
 * without a name are those of which only the offset is known. The state list is that of render; of
 * the other classes' it is known that drivers find MI_MODE, BB_OFFSET and GPR 0 at the same places
 * (i915: intel_lrc.c: lrc_ring_mi_mode, lrc_ring_bb_offset, lrc_ring_gpr0). Where the hardware has
 * what else belongs to a context is not public: here it follows at {@link #USER_DWORD}.
 *
 * @param lists in the order of their places
 * @param endDword behind the last of them
 */
record ContextLayout(List<RegisterList> lists, int endDword) {
  /** First dword behind the lists that are loaded even when restore is inhibited. */
  static final int INHIBITED_DWORD = 0x34;

  private static final int USER_DWORD = 0xd0;

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

  /** What the ring's list has behind these on graphics version 12.55. */
  private static final int[] RING_MORE = {0x120, 0x124};

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

  /** First and last of the ranges that batches may write: predicates. */
  private static final int[] PREDICATES = {
    MI_PREDICATE_RESULT_PREDICATED, MI_PREDICATE_RESULT_2, MI_PREDICATE_SRC0, MI_PREDICATE_RESULT
  };

  /** The same of render alone: statistics, parameters of indirect work, where to be preempted. */
  private static final int[] RENDER_USER = {
    CS_INVOCATION_COUNT, CS_INVOCATION_COUNT + 4,
    HS_INVOCATION_COUNT, PS_DEPTH_COUNT + 4,
    _3DPRIM_END_OFFSET, _3DPRIM_END_OFFSET,
    _3DPRIM_START_VERTEX, _3DPRIM_BASE_VERTEX,
    GPGPU_DISPATCHDIMX, GPGPU_DISPATCHDIMZ,
    _3DPRIM_XP0, _3DPRIM_XP2,
    CS_CHICKEN1, CS_CHICKEN1
  };

  /**
   * One MI_LOAD_REGISTER_IMM.
   *
   * @param dword where it begins
   * @param header its first dword
   * @param registers what it loads, as offsets from the engine's base
   */
  record RegisterList(int dword, int header, int[] registers) {
    int endDword() {
      return dword + 1 + 2 * registers.length;
    }
  }

  /** The layout of an engine's contexts. */
  static ContextLayout of(EngineClass engine, Architecture architecture) {
    int[] ring =
        switch (architecture) {
          case XE_LP -> RING;
          case XE_HPG -> IntStream.concat(IntStream.of(RING), IntStream.of(RING_MORE)).toArray();
        };
    var lists = new ArrayList<>(List.of(list(0x01, POSTED, ring), list(0x21, POSTED, PAGE_TABLES)));
    boolean render =
        switch (engine) {
          case RENDER, COMPUTE -> true;
          case VIDEO, VIDEO_ENHANCE, COPY -> false;
        };
    if (render) {
      lists.add(list(0x34, POSTED, RENDER_UNNAMED));
      lists.add(list(0x41, 0, POWER));
    }
    lists.add(list(stateDword(architecture), POSTED, state()));
    lists.add(list(USER_DWORD, POSTED, user(render)));
    return new ContextLayout(List.copyOf(lists), lists.getLast().endDword());
  }

  private static int stateDword(Architecture architecture) {
    return switch (architecture) {
      case XE_LP -> 0x51;
      case XE_HPG -> 0x61;
    };
  }

  private static RegisterList list(int dword, int flags, int[] registers) {
    int header =
        MI_LOAD_REGISTER_IMM
            | MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET
            | flags
            | 2 * registers.length - 1;
    return new RegisterList(dword, header, registers);
  }

  private static int[] state() {
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

  private static int[] user(boolean render) {
    var registers = ranges(PREDICATES);
    return (render ? IntStream.concat(registers, ranges(RENDER_USER)) : registers).toArray();
  }

  /** The offsets in the engine's block of every register in the ranges. */
  private static IntStream ranges(int[] firstAndLast) {
    return IntStream.range(0, firstAndLast.length / 2)
        .flatMap(i -> IntStream.rangeClosed(firstAndLast[2 * i] / 4, firstAndLast[2 * i + 1] / 4))
        .map(register -> register * Integer.BYTES & Page.OFFSET_MASK);
  }
}

package dev.systole.gpu.command;

import static dev.systole.gpu.command.Job.product;
import static dev.systole.spec.gen12.ComputeCommands.*;
import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;

/**
 * GPGPU_WALKER, COMPUTE_WALKER and the media objects: so many thread groups of so many invocations
 * (gen12-commands.md 3.3). Another context may take over between two thread groups, unless
 * CS_CHICKEN1 says that the command is to be finished first.
 */
final class Walker {
  private static final int DESCRIPTOR_BYTES = 4 * INTERFACE_DESCRIPTOR_DATA_LENGTH_DWORDS;
  private static final int CONSTANT_UNIT_BYTES = 32;
  private static final int SMALLEST_SIMD = 8;
  private static final long LOW_DWORD = 0xffffffffL;

  private final EngineState s;
  private final KernelCall kernel;

  Walker(EngineState state) {
    s = state;
    kernel = new KernelCall(state);
  }

  // ---- GPGPU_WALKER

  int gpgpu(int header) {
    if (Render.isPredicatedOff(s, header & GPGPU_WALKER_PREDICATE_ENABLE)) {
      return s.costs.command();
    }
    boolean indirect = (header & GPGPU_WALKER_INDIRECT_PARAMETER_ENABLE) != 0;
    long groups =
        product(
            product(
                dimension(
                    indirect,
                    GPGPU_DISPATCHDIMX,
                    GPGPU_WALKER_THREAD_GROUP_ID_STARTING_X_DWORD,
                    GPGPU_WALKER_THREAD_GROUP_ID_X_DIMENSION_DWORD),
                dimension(
                    indirect,
                    GPGPU_DISPATCHDIMY,
                    GPGPU_WALKER_THREAD_GROUP_ID_STARTING_Y_DWORD,
                    GPGPU_WALKER_THREAD_GROUP_ID_Y_DIMENSION_DWORD)),
            dimension(
                indirect,
                GPGPU_DISPATCHDIMZ,
                GPGPU_WALKER_THREAD_GROUP_ID_STARTING_Z_DWORD,
                GPGPU_WALKER_THREAD_GROUP_ID_Z_DIMENSION_DWORD));
    selectDescribedKernel();
    walk(groups, gpgpuInvocations());
    return 0;
  }

  private long gpgpuInvocations() {
    int shape = s.operand(GPGPU_WALKER_SIMD_SIZE_DWORD);
    int width = shape & GPGPU_WALKER_THREAD_WIDTH_COUNTER_MAXIMUM_MASK;
    int height =
        (shape & GPGPU_WALKER_THREAD_HEIGHT_COUNTER_MAXIMUM_MASK)
            >>> GPGPU_WALKER_THREAD_HEIGHT_COUNTER_MAXIMUM_SHIFT;
    int depth =
        (shape & GPGPU_WALKER_THREAD_DEPTH_COUNTER_MAXIMUM_MASK)
            >>> GPGPU_WALKER_THREAD_DEPTH_COUNTER_MAXIMUM_SHIFT;
    int simd = SMALLEST_SIMD << (shape >>> GPGPU_WALKER_SIMD_SIZE_SHIFT);
    return (long) (width + 1) * (height + 1) * (depth + 1) * simd;
  }

  /** The kernel of the interface descriptor, whose constants are indirect data or the CURBE. */
  private void selectDescribedKernel() {
    kernel.selectNone();
    if (!s.last.has(MEDIA_INTERFACE_DESCRIPTOR_LOAD) || !s.last.has(STATE_BASE_ADDRESS)) return;
    long descriptors =
        StateBase.dynamic(s)
            + dword(
                MEDIA_INTERFACE_DESCRIPTOR_LOAD,
                MEDIA_INTERFACE_DESCRIPTOR_LOAD_INTERFACE_DESCRIPTOR_DATA_START_ADDRESS_DWORD);
    int index =
        s.operand(GPGPU_WALKER_INTERFACE_DESCRIPTOR_OFFSET_DWORD)
            & GPGPU_WALKER_INTERFACE_DESCRIPTOR_OFFSET_MASK;
    long descriptor = descriptors + (long) index * DESCRIPTOR_BYTES;
    kernel.select(StateBase.instruction(s) + s.memory.load64(descriptor, false));
    int length =
        s.operand(GPGPU_WALKER_INDIRECT_DATA_LENGTH_DWORD) & GPGPU_WALKER_INDIRECT_DATA_LENGTH_MASK;
    if (length > 0) {
      long offset = s.operand(GPGPU_WALKER_INDIRECT_DATA_START_ADDRESS_DWORD) & LOW_DWORD;
      kernel.setArguments(StateBase.indirectObject(s) + offset);
    } else {
      kernel.setArguments(constants(descriptor));
    }
  }

  private long constants(long descriptor) {
    int dword = INTERFACE_DESCRIPTOR_DATA_CONSTANT_URB_ENTRY_READ_OFFSET_DWORD;
    int skipped =
        s.memory.load32(descriptor + (long) Integer.BYTES * dword, false)
            & INTERFACE_DESCRIPTOR_DATA_CONSTANT_URB_ENTRY_READ_OFFSET_MASK;
    return StateBase.dynamic(s)
        + dword(MEDIA_CURBE_LOAD, MEDIA_CURBE_LOAD_CURBE_DATA_START_ADDRESS_DWORD)
        + (long) skipped * CONSTANT_UNIT_BYTES;
  }

  private long dword(int command, int index) {
    return s.last.dword(command, index) & LOW_DWORD;
  }

  // ---- COMPUTE_WALKER

  int compute(int header) {
    if (Render.isPredicatedOff(s, header & COMPUTE_WALKER_PREDICATE_ENABLE)) {
      return s.costs.command();
    }
    boolean indirect = (header & COMPUTE_WALKER_INDIRECT_PARAMETER_ENABLE) != 0;
    long groups =
        product(
            product(
                dimension(
                    indirect,
                    GPGPU_DISPATCHDIMX,
                    COMPUTE_WALKER_THREAD_GROUP_ID_STARTING_X_DWORD,
                    COMPUTE_WALKER_THREAD_GROUP_ID_X_DIMENSION_DWORD),
                dimension(
                    indirect,
                    GPGPU_DISPATCHDIMY,
                    COMPUTE_WALKER_THREAD_GROUP_ID_STARTING_Y_DWORD,
                    COMPUTE_WALKER_THREAD_GROUP_ID_Y_DIMENSION_DWORD)),
            dimension(
                indirect,
                GPGPU_DISPATCHDIMZ,
                COMPUTE_WALKER_THREAD_GROUP_ID_STARTING_Z_DWORD,
                COMPUTE_WALKER_THREAD_GROUP_ID_Z_DIMENSION_DWORD));
    selectInlineKernel();
    if (walk(groups, computeInvocations())) postSync();
    return 0;
  }

  private long computeInvocations() {
    int local = s.operand(COMPUTE_WALKER_LOCAL_X_MAXIMUM_DWORD);
    int x = local & COMPUTE_WALKER_LOCAL_X_MAXIMUM_MASK;
    int y = (local & COMPUTE_WALKER_LOCAL_Y_MAXIMUM_MASK) >>> COMPUTE_WALKER_LOCAL_Y_MAXIMUM_SHIFT;
    int z = (local & COMPUTE_WALKER_LOCAL_Z_MAXIMUM_MASK) >>> COMPUTE_WALKER_LOCAL_Z_MAXIMUM_SHIFT;
    return (x + 1L) * (y + 1L) * (z + 1L);
  }

  /** The kernel of the command, whose constants are inline or indirect data. */
  private void selectInlineKernel() {
    kernel.selectNone();
    if (!s.last.has(STATE_BASE_ADDRESS)) return;
    long start = s.operand64(COMPUTE_WALKER_KERNEL_START_POINTER_DWORD);
    kernel.select(StateBase.instruction(s) + start);
    int mode = s.operand(COMPUTE_WALKER_SIMD_SIZE_DWORD);
    if ((mode & COMPUTE_WALKER_EMIT_INLINE_PARAMETER) != 0) {
      kernel.setInlineArguments(COMPUTE_WALKER_INLINE_DATA_DWORD);
    } else {
      long offset =
          s.operand(COMPUTE_WALKER_INDIRECT_DATA_START_ADDRESS_DWORD)
              & COMPUTE_WALKER_INDIRECT_DATA_START_ADDRESS_MASK
              & LOW_DWORD;
      kernel.setArguments(StateBase.general(s) + offset);
    }
  }

  private void postSync() {
    int operation =
        s.operand(COMPUTE_WALKER_POST_SYNC_OPERATION_DWORD)
            & COMPUTE_WALKER_POST_SYNC_OPERATION_MASK;
    long address = s.operandAddress(COMPUTE_WALKER_POST_SYNC_ADDRESS_DWORD) & ~7L;
    switch (operation) {
      case COMPUTE_WALKER_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA ->
          s.store64(address, false, s.operand64(COMPUTE_WALKER_POST_SYNC_IMMEDIATE_DATA_DWORD));
      case COMPUTE_WALKER_POST_SYNC_OPERATION_WRITE_TIMESTAMP ->
          s.store64(address, false, Timestamps.ticks(s.signals.nowNanos(s)));
      default -> {}
    }
  }

  // ---- media objects

  /** MEDIA_OBJECT_WALKER: a thread for each step of its loops. */
  int mediaObjects() {
    int loops = s.operand(MEDIA_OBJECT_WALKER_LOCAL_LOOP_EXEC_COUNT_DWORD);
    long local = loops & MEDIA_OBJECT_WALKER_LOCAL_LOOP_EXEC_COUNT_MASK;
    long global =
        (loops & MEDIA_OBJECT_WALKER_GLOBAL_LOOP_EXEC_COUNT_MASK)
            >>> MEDIA_OBJECT_WALKER_GLOBAL_LOOP_EXEC_COUNT_SHIFT;
    long colors =
        s.operand(MEDIA_OBJECT_WALKER_COLOR_COUNT_MINUS_ONE_DWORD)
            >>> MEDIA_OBJECT_WALKER_COLOR_COUNT_MINUS_ONE_SHIFT;
    return threads((local + 1) * (global + 1) * (colors + 1));
  }

  /** 3DMESH_3D: thread groups in three dimensions. */
  int meshes() {
    long x = s.operand(_3DMESH_3D_THREAD_GROUP_COUNT_X_DWORD) & LOW_DWORD;
    long y = s.operand(_3DMESH_3D_THREAD_GROUP_COUNT_Y_DWORD) & LOW_DWORD;
    long z = s.operand(_3DMESH_3D_THREAD_GROUP_COUNT_Z_DWORD) & LOW_DWORD;
    return threads(product(product(x, y), z));
  }

  /** Threads or groups of other kinds, which count no invocations. */
  int threads(long threads) {
    kernel.selectNone();
    walk(threads, 0);
    return 0;
  }

  // ---- all of them

  private long dimension(boolean indirect, int register, int startDword, int endDword) {
    if (indirect) return Statistics.parameter(s, register);
    long start = s.operand(startDword) & LOW_DWORD;
    return Math.max((s.operand(endDword) & LOW_DWORD) - start, 0);
  }

  /** Works at the thread groups; returns whether the last is done. */
  private boolean walk(long groups, long invocations) {
    long clocks =
        s.costs.walkerGroup()
            + invocations / s.costs.invocationsPerClock()
            + kernel.groupClocks(groups);
    long part = s.job.begin(s, groups, clocks, 0, mayYieldWithin());
    if (part == Job.WAIT) return false;
    kernel.run(s.job.done(), part, groups);
    Statistics.count(s, CS_INVOCATION_COUNT, part * invocations);
    return s.job.end(s, groups, part);
  }

  private boolean mayYieldWithin() {
    int level = s.ownRegister(CS_CHICKEN1) & CS_CHICKEN1_PREEMPTION_GPGPU_LEVEL_MASK;
    return level != CS_CHICKEN1_PREEMPTION_GPGPU_LEVEL_COMMAND;
  }
}

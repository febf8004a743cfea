package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.RingRegisters.RING_IMR_PIPE_CONTROL_NOTIFY;

import dev.systole.spec.Engine;
import dev.systole.spec.gen12.GtRegisters;

/**
 * PIPE_CONTROL and MI_FLUSH_DW: wait for earlier work, then invalidate and write (gen12-commands.md
 * 3.1). Work of this engine is done one command after the other, so that a flush only costs time.
 */
final class Flush {
  private static final int STALLING =
      PIPE_CONTROL_COMMAND_STREAMER_STALL_ENABLE
          | PIPE_CONTROL_DEPTH_STALL_ENABLE
          | PIPE_CONTROL_RENDER_TARGET_CACHE_FLUSH_ENABLE
          | PIPE_CONTROL_DC_FLUSH_ENABLE
          | PIPE_CONTROL_TILE_CACHE_FLUSH_ENABLE;
  private static final int LONG_FLUSH_DWORDS = 5;

  /** MI_FLUSH_DW writes time stamps whose upper 28 bits are zero. */
  private static final long TIMESTAMP_MASK = -1L >>> 28;

  private Flush() {}

  static int pipeControl(EngineState s) {
    int flags = s.operand(PIPE_CONTROL_NOTIFY_ENABLE_DWORD);
    if (s.mustPay((flags & STALLING) != 0 ? s.costs.flush() : s.costs.store())) return 0;
    if ((flags & PIPE_CONTROL_TLB_INVALIDATE) != 0) s.memory.invalidate();
    if ((flags & PIPE_CONTROL_GLOBAL_SNAPSHOT_COUNT_RESET) != 0) resetStatistics(s);
    if ((flags & PIPE_CONTROL_LRI_POST_SYNC_OPERATION) != 0) {
      writeRegister(s);
    } else {
      postSync(s, flags);
    }
    if ((flags & PIPE_CONTROL_NOTIFY_ENABLE) != 0) {
      s.signals.interrupt(s, RING_IMR_PIPE_CONTROL_NOTIFY);
    }
    return 0;
  }

  /** The statistics counters are the render engine's. */
  private static void resetStatistics(EngineState s) {
    if (s.engine != Engine.RCS0) return;
    s.own.store64(GtRegisters.CS_INVOCATION_COUNT - s.base, 0);
    int last = GtRegisters.PS_DEPTH_COUNT;
    for (int counter = GtRegisters.HS_INVOCATION_COUNT; counter <= last; counter += Long.BYTES) {
      s.own.store64(counter - s.base, 0);
    }
  }

  private static void writeRegister(EngineState s) {
    if (!s.privileged()) return;
    int offset = s.operand(PIPE_CONTROL_ADDRESS_DWORD) & MI_LOAD_REGISTER_IMM_REGISTER_OFFSET_MASK;
    s.registers.write(offset, s.operand(PIPE_CONTROL_IMMEDIATE_DATA_DWORD));
  }

  private static void postSync(EngineState s, int flags) {
    int operation = flags & PIPE_CONTROL_POST_SYNC_OPERATION_MASK;
    if (operation == PIPE_CONTROL_POST_SYNC_OPERATION_NO_WRITE) return;
    boolean ggtt = (flags & PIPE_CONTROL_DESTINATION_ADDRESS_TYPE_GGTT) != 0;
    boolean index = (flags & PIPE_CONTROL_STORE_DATA_INDEX) != 0;
    if ((ggtt || index) && !s.privileged()) return;
    long address = s.operandAddress(PIPE_CONTROL_ADDRESS_DWORD);
    if (index) address = s.status.ofProcess(address);
    if (!s.signals.writeArrives(s, address)) return;
    long value =
        switch (operation) {
          case PIPE_CONTROL_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA ->
              s.operand64(PIPE_CONTROL_IMMEDIATE_DATA_DWORD);
          case PIPE_CONTROL_POST_SYNC_OPERATION_WRITE_PS_DEPTH_COUNT ->
              s.registers.read(GtRegisters.PS_DEPTH_COUNT) & 0xffffffffL
                  | (long) s.registers.read(GtRegisters.PS_DEPTH_COUNT + Integer.BYTES) << 32;
          default -> Timestamps.ticks(s.signals.nowNanos(s));
        };
    s.store64(address, ggtt || index, value);
  }

  static int flushDw(EngineState s, int header, int length) {
    if (s.mustPay(s.costs.flush())) return 0;
    if ((header & MI_FLUSH_DW_TLB_INVALIDATE) != 0) s.memory.invalidate();
    flushWrite(s, header, length);
    if ((header & MI_FLUSH_DW_NOTIFY_ENABLE) != 0) {
      s.signals.interrupt(s, RING_IMR_PIPE_CONTROL_NOTIFY);
    }
    return 0;
  }

  private static void flushWrite(EngineState s, int header, int length) {
    int operation = header & MI_FLUSH_DW_POST_SYNC_OPERATION_MASK;
    if (operation == MI_FLUSH_DW_POST_SYNC_OPERATION_NO_WRITE) return;
    int low = s.operand(MI_FLUSH_DW_ADDRESS_DWORD);
    boolean ggtt = (low & MI_FLUSH_DW_DESTINATION_ADDRESS_TYPE_GGTT) != 0;
    boolean index = (header & MI_FLUSH_DW_STORE_DATA_INDEX) != 0;
    if ((ggtt || index) && !s.privileged()) return;
    long address = s.operandAddress(MI_FLUSH_DW_ADDRESS_DWORD) & ~7L;
    if (index) address = s.status.ofProcess(address);
    if (!s.signals.writeArrives(s, address)) return;
    if (operation == MI_FLUSH_DW_POST_SYNC_OPERATION_WRITE_TIMESTAMP) {
      s.store64(address, ggtt || index, Timestamps.ticks(s.signals.nowNanos(s)) & TIMESTAMP_MASK);
    } else if (operation == MI_FLUSH_DW_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA) {
      s.store32(address, ggtt || index, s.operand(MI_FLUSH_DW_IMMEDIATE_DATA_DWORD));
      if (length < LONG_FLUSH_DWORDS) return;
      int high = s.operand(MI_FLUSH_DW_IMMEDIATE_DATA_DWORD + 1);
      s.store32(address + Integer.BYTES, ggtt || index, high);
    }
  }
}

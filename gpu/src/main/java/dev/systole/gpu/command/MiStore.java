package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.CCID;

import dev.systole.gpu.memory.Page;

/**
 * Commands that write memory. One that may not use the GGTT does nothing (gen12-commands.md 1.5).
 */
final class MiStore {
  private static final int PERF_REPORT_BYTES = 256;
  private static final int PERF_REPORT_TIME_BYTES = 4;
  private static final int PERF_REPORT_CONTEXT_BYTES = 8;

  /** Where the status page takes MI_REPORT_HEAD: its dword 4. */
  private static final int REPORTED_HEAD_BYTES = 16;

  private MiStore() {}

  static int storeDataImm(EngineState s, int header, int length) {
    boolean ggtt = (header & MI_STORE_DATA_IMM_USE_GLOBAL_GTT) != 0;
    if (ggtt && !s.privileged()) return s.costs.command();
    long address = s.operandAddress(MI_STORE_DATA_IMM_ADDRESS_DWORD);
    if ((header & MI_STORE_DATA_IMM_STORE_QWORD) != 0) address &= ~7L;
    for (int i = MI_STORE_DATA_IMM_IMMEDIATE_DATA_DWORD; i < length; i++) {
      s.store32(address, ggtt, s.operand(i));
      address += Integer.BYTES;
    }
    return s.costs.store();
  }

  static int storeDataIndex(EngineState s, int header, int length) {
    int offset = s.operand(MI_STORE_DATA_INDEX_OFFSET_DWORD) & MI_STORE_DATA_INDEX_OFFSET_MASK;
    if (!s.privileged()) return s.costs.command();
    boolean process = (header & MI_STORE_DATA_INDEX_USE_PER_PROCESS_HARDWARE_STATUS_PAGE) != 0;
    for (int i = MI_STORE_DATA_INDEX_DATA_DWORD_0_DWORD; i < length; i++) {
      long address = process ? s.status.ofProcess(offset) : s.status.ofEngine(offset);
      s.store32(address, true, s.operand(i));
      offset += Integer.BYTES;
    }
    return s.costs.store();
  }

  static int reportHead(EngineState s) {
    if (s.privileged()) s.store32(s.status.ofEngine(REPORTED_HEAD_BYTES), true, s.at.head());
    return s.costs.store();
  }

  static int updateGtt(EngineState s, int length) {
    if (!s.privileged()) return s.costs.command();
    long first = s.operand(MI_UPDATE_GTT_ENTRY_ADDRESS_DWORD) & 0xffffffffL;
    for (int i = MI_UPDATE_GTT_ENTRY_DATA_DWORD; i + 1 < length; i += 2) {
      s.memory.mapGgtt(first, s.operand64(i));
      first += Page.BYTES;
    }
    return s.costs.store();
  }

  static int copyMemMem(EngineState s, int header) {
    boolean fromGgtt = (header & MI_COPY_MEM_MEM_USE_GLOBAL_GTT_SOURCE) != 0;
    boolean toGgtt = (header & MI_COPY_MEM_MEM_USE_GLOBAL_GTT_DESTINATION) != 0;
    if ((fromGgtt || toGgtt) && !s.privileged()) return s.costs.command();
    long source = s.operandAddress(MI_COPY_MEM_MEM_SOURCE_MEMORY_ADDRESS_DWORD);
    long target = s.operandAddress(MI_COPY_MEM_MEM_DESTINATION_MEMORY_ADDRESS_DWORD);
    s.store32(target, toGgtt, s.load32(source, fromGgtt));
    return s.costs.load();
  }

  /** Id, time stamp, context and ticks; the counters of a part that counts nothing are zero. */
  static int reportPerfCount(EngineState s) {
    int low = s.operand(MI_REPORT_PERF_COUNT_MEMORY_ADDRESS_DWORD);
    boolean ggtt = (low & MI_REPORT_PERF_COUNT_USE_GLOBAL_GTT) != 0;
    if (ggtt && !s.privileged()) return s.costs.command();
    long address = s.operandAddress(MI_REPORT_PERF_COUNT_MEMORY_ADDRESS_DWORD);
    address &= -64L;
    for (int i = 0; i < PERF_REPORT_BYTES; i += Integer.BYTES) {
      s.store32(address + i, ggtt, 0);
    }
    s.store32(address, ggtt, s.operand(MI_REPORT_PERF_COUNT_REPORT_ID_DWORD));
    s.store32(
        address + PERF_REPORT_TIME_BYTES, ggtt, (int) Timestamps.ticks(s.signals.nowNanos(s)));
    s.store32(address + PERF_REPORT_CONTEXT_BYTES, ggtt, s.registers.read(s.base + CCID));
    return s.costs.load();
  }
}

package dev.systole.benchmarks;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import dev.systole.spec.gen12.MiCommands;
import dev.systole.spec.gen12.RingRegisters;
import dev.systole.spec.gen12.SubmissionStructures;

/**
 * A GPU with one context on one engine: addresses from {@link #MEMORY} on are mapped one to one by
 * its page tables, for batches and what they work on.
 */
final class BenchmarkGpu {
  /** The first address that batches may use. */
  static final long MEMORY = 0x4000_0000L;

  private static final int MEMORY_PAGES = 32 << 8;
  private static final int PAGE = 4096;
  private static final int PRESENT_WRITABLE = 3;
  private static final int STATUS = 0x10_0000;
  private static final int IMAGE = 0x20_0000;
  private static final int RING = 0x30_0000;
  private static final int RING_STEP = 32;
  private static final int TABLES = 0x40_0000;
  private static final int DESCRIPTOR = IMAGE | 0x119;
  private static final int FIRST_USE = 0x00090009;
  private static final int LOAD_RING = 0x11081019;
  private static final int LOAD_PAGE_TABLES = 0x11081011;
  private static final int[] RING_STATE = {
    0x244, 0x34, 0x30, 0x38, 0x3c, 0x168, 0x140, 0x110, 0x1c0, 0x1c4, 0x1c8, 0x180, 0x2b4
  };
  private static final int[] TABLE_STATE = {
    0x3a8, 0x28c, 0x288, 0x284, 0x280, 0x27c, 0x278, 0x274, 0x270
  };

  final VirtualClock clock = new VirtualClock();
  final Gpu gpu = new Gpu(Platform.TGL, clock, FaultPlan.none(), (_, _) -> {});
  private final int base;
  private int tail;

  BenchmarkGpu(Engine engine) {
    base = engine.mmioBase();
    for (ForcewakeDomain domain : ForcewakeDomain.values()) {
      gpu.writeRegister(domain.requestRegister(), 0x10001);
    }
    clock.charge(1_000_000);
    for (int page : new int[] {STATUS, IMAGE, IMAGE + PAGE, RING}) {
      gpu.writeRegister64(0x800000 + (page >>> 12) * 8, page | 1);
    }
    gpu.writeRegister(base + RingRegisters.RING_HWS_PGA, STATUS);
    int lists = RingRegisters.RING_MODE_DISABLE_LEGACY_MODE;
    gpu.writeRegister(base + RingRegisters.RING_MODE, lists << 16 | lists);
    makePageTables();
    makeImage();
  }

  private void makePageTables() {
    int pointers = TABLES + PAGE;
    int directory = TABLES + 2 * PAGE;
    gpu.writeMemory64(TABLES, pointers | PRESENT_WRITABLE);
    gpu.writeMemory64(pointers + (MEMORY >>> 30) * 8, directory | PRESENT_WRITABLE);
    for (int i = 0; i < MEMORY_PAGES; i++) {
      int table = TABLES + (3 + i / 512) * PAGE;
      gpu.writeMemory64(directory + i / 512 * 8, table | PRESENT_WRITABLE);
      gpu.writeMemory64(table + i % 512 * 8, MEMORY + (long) i * PAGE | PRESENT_WRITABLE);
    }
  }

  private void makeImage() {
    setState(0x01, LOAD_RING);
    for (int i = 0; i < RING_STATE.length; i++) setState(2 + 2 * i, base + RING_STATE[i]);
    setState(0x21, LOAD_PAGE_TABLES);
    for (int i = 0; i < TABLE_STATE.length; i++) setState(0x22 + 2 * i, base + TABLE_STATE[i]);
    setState(SubmissionStructures.OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, FIRST_USE);
    setState(SubmissionStructures.OTHER_CONTEXT_STATE_RING_START_DWORD, RING);
    setState(SubmissionStructures.OTHER_CONTEXT_STATE_RING_CTL_DWORD, 1);
    setState(SubmissionStructures.OTHER_CONTEXT_STATE_RING_PDP0_LDW_DWORD, TABLES);
  }

  private void setState(int dword, int value) {
    gpu.writeMemory32(IMAGE + PAGE + 4L * dword, value);
  }

  /** Writes dwords from an address on. */
  void store(long address, int... dwords) {
    for (int i = 0; i < dwords.length; i++) gpu.writeMemory32(address + 4L * i, dwords[i]);
  }

  /** Runs the batch at {@code address} from submission to idle. */
  void run(long address) {
    submit(address);
    while (gpu.busy()) clock.advanceTo(runNext());
    int head = gpu.readRegister(base + RingRegisters.RING_HEAD);
    if ((head & ~RingRegisters.RING_HEAD_WRAP_COUNT_MASK) != tail) {
      throw new IllegalStateException("the ring was not executed, HEAD is " + head);
    }
  }

  /** Submits the batch at {@code address}, and a user interrupt behind it. */
  void submit(long address) {
    int start =
        MiCommands.MI_BATCH_BUFFER_START
            | MiCommands.MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT
            | MiCommands.MI_BATCH_BUFFER_START_LENGTH_DWORDS - 2;
    int interrupt = MiCommands.MI_USER_INTERRUPT;
    store(RING + tail, start, (int) address, (int) (address >>> 32), interrupt, 0, 0, 0, 0);
    tail = (tail + RING_STEP) % PAGE;
    setState(SubmissionStructures.OTHER_CONTEXT_STATE_RING_TAIL_DWORD, tail);
    gpu.writeRegister(base + RingRegisters.RING_EXECLIST_SQ_CONTENTS_LO, DESCRIPTOR);
    gpu.writeRegister(base + RingRegisters.RING_EXECLIST_CONTROL, 1);
  }

  private long runNext() {
    long time = gpu.nextEventNanos();
    gpu.runUntil(time);
    return time;
  }
}

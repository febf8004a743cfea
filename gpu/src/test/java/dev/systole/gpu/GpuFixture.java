package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.fault.FaultPoint;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The smallest driver that makes the GPU work: wakes it, sets its engines up, makes contexts and
 * page tables, submits, and reads what came back. It does everything through the PCI function.
 */
final class GpuFixture {
  private static final long ACCESS_NANOS = 100;
  private static final int INTERRUPTS = 0x0909;
  private static final int[] MASKS = {
    RCS0_RSVD_INTR_MASK,
    BCS_RSVD_INTR_MASK,
    VCS0_VCS1_INTR_MASK,
    VCS2_VCS3_INTR_MASK,
    VECS0_VECS1_INTR_MASK,
    CCS0_CCS1_INTR_MASK
  };

  /** What BAR 2 holds after power-on. */
  static final long LOCAL_BASE = 0x40_0000_0000L;

  final VirtualClock clock = new VirtualClock();
  final Platform platform;
  final Gpu gpu;
  final List<Long> interrupts = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  final List<FaultPoint> points = new ArrayList<>();

  private final Map<Engine, Long> statusPages = new EnumMap<>(Engine.class);
  private long nextBusPage = 0x10_0000;
  private long nextLocalPage = 0x10_0000;
  private int nextGgttPage = 0x10_0000;
  private int nextContextId = 1;

  GpuFixture() {
    this(Platform.TGL, FaultPlan.none());
  }

  static GpuFixture withFaults(String... faults) {
    return new GpuFixture(Platform.TGL, FaultPlan.of(Stream.of(faults).map(Fault::parse).toList()));
  }

  GpuFixture(Platform platform, FaultPlan plan) {
    this.platform = platform;
    gpu =
        new Gpu(
            platform,
            clock,
            plan,
            (point, _) -> {
              points.add(point);
              faults.add(
                  "%s %s batch %d at %x"
                      .formatted(
                          point.fault(),
                          point.target(),
                          point.batchOrdinal(),
                          point.commandAddress()));
            });
    gpu.connect(interrupts::add);
    wake();
    for (Engine engine : platform.engines()) setUp(engine);
    write(RENDER_COPY_INTR_ENABLE, INTERRUPTS << 16 | INTERRUPTS);
    write(VCS_VECS_INTR_ENABLE, INTERRUPTS << 16 | INTERRUPTS);
    write(CCS_RSVD_INTR_ENABLE, INTERRUPTS << 16);
    for (int mask : MASKS) write(mask, ~(INTERRUPTS << 16));
    write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
  }

  private void wake() {
    for (ForcewakeDomain domain : ForcewakeDomain.values())
      write(domain.requestRegister(), 0x10001);
    clock.charge(1_000_000);
  }

  /** What a driver does to an engine after power-on or reset (i915-kernel.md 3.2, resume). */
  void setUp(Engine engine) {
    int base = engine.mmioBase();
    long status = statusPages.computeIfAbsent(engine, e -> allocate(1));
    write(base + RING_HWSTAM, -1);
    write(base + RING_MODE, RING_MODE_DISABLE_LEGACY_MODE << 16 | RING_MODE_DISABLE_LEGACY_MODE);
    write(base + RING_HWS_PGA, mapGgtt(status, 1));
    write(base + RING_EMR, -1);
    write(base + RING_EIR, -1);
    write(base + RING_EMR, ~RING_EMR_INSTRUCTION_ERROR);
    write(base + RING_IMR, ~INTERRUPTS);
  }

  // ---- accesses, each of which takes time

  int read(int register) {
    clock.charge(ACCESS_NANOS);
    return gpu.readRegister(register);
  }

  int read(Engine engine, int register) {
    return read(engine.mmioBase() + register);
  }

  void write(int register, int value) {
    clock.charge(ACCESS_NANOS);
    gpu.writeRegister(register, value);
  }

  void write(Engine engine, int register, int value) {
    write(engine.mmioBase() + register, value);
  }

  // ---- memory

  /** Bus address of fresh pages of zeroes. */
  long allocate(int pages) {
    long address = nextBusPage;
    nextBusPage += pages * 4096L;
    return address;
  }

  /** Address of a fresh page of zeroes where page tables have to be. */
  long allocateTable() {
    if (tableBase() == 0) return allocate(1);
    nextLocalPage += 4096;
    return nextLocalPage - 4096;
  }

  /** Where the CPU finds address zero of the memory that page tables are in. */
  long tableBase() {
    return platform.localMemoryBytes() == 0 ? 0 : LOCAL_BASE;
  }

  /** GGTT address under which the pages appear. */
  int mapGgtt(long bus, int pages) {
    int address = nextGgttPage;
    for (int i = 0; i < pages; i++) {
      clock.charge(ACCESS_NANOS);
      gpu.writeRegister64(0x800000 + (nextGgttPage >>> 12) * 8, bus + i * 4096L | 1);
      nextGgttPage += 4096;
    }
    return address;
  }

  void store(long bus, int... dwords) {
    for (int i = 0; i < dwords.length; i++) gpu.writeMemory32(bus + 4L * i, dwords[i]);
  }

  int load(long bus) {
    return gpu.readMemory32(bus);
  }

  PageTables pageTables() {
    return new PageTables(this);
  }

  /** A context with page tables of its own. */
  TestContext context(Engine engine) {
    return new TestContext(this, engine, nextContextId++, pageTables());
  }

  // ---- submission

  /** Writes both ports and loads them. */
  void submit(TestContext first, TestContext second) {
    Engine engine = first.engine();
    submitPort(engine, 1, second == null ? 0 : second.descriptor());
    submitPort(engine, 0, first.descriptor());
    write(engine, RING_EXECLIST_CONTROL, RING_EXECLIST_CONTROL_LOAD);
  }

  void submit(TestContext context) {
    submit(context, null);
  }

  /** Submits whatever the descriptor points to. */
  void submitDescriptor(Engine engine, long descriptor) {
    submitPort(engine, 1, 0);
    submitPort(engine, 0, descriptor);
    write(engine, RING_EXECLIST_CONTROL, RING_EXECLIST_CONTROL_LOAD);
  }

  private void submitPort(Engine engine, int port, long descriptor) {
    write(engine, RING_EXECLIST_SQ_CONTENTS_LO + port * 8, (int) descriptor);
    write(engine, RING_EXECLIST_SQ_CONTENTS_HI + port * 8, (int) (descriptor >>> 32));
  }

  /** Lets time pass until nothing happens any more, at most {@code nanos}. */
  void runFor(long nanos) {
    clock.charge(nanos);
    gpu.runUntil(clock.nowNanos());
  }

  void runMillis(long millis) {
    runFor(millis * 1_000_000);
  }

  // ---- what came back

  /** The events of the context status buffer so far, {@code "low high"} in hex. */
  List<String> events(Engine engine) {
    long status = statusPages.get(engine);
    int last = load(status + 4 * HARDWARE_STATUS_PAGE_CONTEXT_STATUS_WRITE_INDEX_DWORD);
    var events = new ArrayList<String>();
    for (int i = 0; i <= last && i < 12; i++) {
      long entry = gpu.readMemory64(status + 4 * HARDWARE_STATUS_PAGE_CONTEXT_STATUS_DWORD + 8 * i);
      events.add("%08x %08x".formatted((int) entry, (int) (entry >>> 32)));
    }
    return events;
  }

  /** Bus address of the engine's status page. */
  long statusPage(Engine engine) {
    return statusPages.get(engine);
  }

  /** Serves the interrupts as the kernel does; returns the identities, in hex. */
  List<String> serveInterrupts() {
    var identities = new ArrayList<String>();
    int master = read(GFX_MSTR_IRQ);
    write(GFX_MSTR_IRQ, 0);
    for (int bank = 0; bank < 2; bank++) {
      if ((master & 1 << bank) == 0) continue;
      int sources = read(GT_INTR_DW0 + 4 * bank);
      for (int bit = 0; bit < 32; bit++) {
        if ((sources & 1 << bit) == 0) continue;
        write(IIR_REG_SELECTOR + 4 * bank, 1 << bit);
        identities.add("%08x".formatted(read(INTR_IDENTITY_REG + 4 * bank)));
        write(INTR_IDENTITY_REG + 4 * bank, INTR_IDENTITY_REG_VALID);
      }
      write(GT_INTR_DW0 + 4 * bank, sources);
    }
    write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
    return identities;
  }
}

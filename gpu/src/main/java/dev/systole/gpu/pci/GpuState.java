package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.RegisterPort;
import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.engine.CommandStreamer;
import dev.systole.gpu.engine.EngineHost;
import dev.systole.gpu.engine.FaultInjector;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.interrupt.InterruptController;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.power.EngineClock;
import dev.systole.gpu.power.Forcewake;
import dev.systole.gpu.sim.EventQueue;
import dev.systole.gpu.sim.StateBytes;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateHash;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that changes in the device, and how it is saved. Registers are memory: those without
 * an effect are just kept, those with one are looked after by the part that they belong to.
 */
final class GpuState implements EngineHost, RegisterPort {
  static final int REGISTER_BYTES = 8 << 20;

  private static final int GGTT_BYTES = 8 << 20;
  private static final int SAVED_MAGIC = 0x53475055;
  private static final int SAVED_VERSION = 1;
  private static final int EVENT_FORCEWAKE = 64;
  private static final int EVENT_RESET = 65;
  private static final int EVENT_FAULT = 66;
  private static final long RESET_NANOS = 20_000;

  /** In the fault register the copy engine has gen8's number; of Gen12's only 0 is known (6.3). */
  private static final int COPY_ENGINE_FAULT_ID = 4;

  private final PagedMemory memory;
  private final PagedMemory ggtt = new PagedMemory(GGTT_BYTES);
  private final PagedMemory registers = new PagedMemory(REGISTER_BYTES);
  private final EventQueue queue = new EventQueue();
  private final ConfigSpace config;
  private final EngineClock clock;
  private final Forcewake forcewake;
  private final InterruptController interrupts;
  private final FaultInjector faults;
  private final List<AddressSpace> addressSpaces = new ArrayList<>();
  private final List<CommandStreamer> engines = new ArrayList<>();

  /** Which engine a page of registers belongs to. */
  private final CommandStreamer[] engineOfPage = new CommandStreamer[REGISTER_BYTES >>> Page.SHIFT];

  private long nowNanos;
  private boolean registerWritten;

  GpuState(Platform platform, FaultPlan plan, WorldDoor world, Runnable message) {
    memory = new PagedMemory(platform.systemMemoryBytes());
    config = new ConfigSpace(platform);
    clock = new EngineClock(platform);
    forcewake = new Forcewake(registers, queue, EVENT_FORCEWAKE);
    interrupts =
        new InterruptController(
            registers,
            () -> {
              if (config.messageEnabled()) message.run();
            });
    faults = new FaultInjector(plan, world);
    faults.schedule(queue, EVENT_FAULT);
    for (Engine engine : platform.engines()) addEngine(engine, platform);
    powerOn();
  }

  private void addEngine(Engine engine, Platform platform) {
    var space =
        new AddressSpace(
            memory, ggtt, (address, inGgtt, level) -> pageFault(engine, address, inGgtt, level));
    Page own = registers.write(engine.mmioBase());
    var streamer = new CommandStreamer(engine, platform, space, own, this, this, engines.size());
    addressSpaces.add(space);
    engines.add(streamer);
    engineOfPage[engine.mmioBase() >>> Page.SHIFT] = streamer;
  }

  /** Registers that are not zero in the beginning (i915-kernel.md 1.4, 5.5). */
  private void powerOn() {
    registers.store32(RP_STATE_CAP, clock.capabilities());
    registers.store32(FREQ_INFO_REC, clock.efficient());
    registers.store32(RPSTAT, clock.status());
    int[] idle = {
      SC_INSTDONE, SC_INSTDONE_EXTRA, SC_INSTDONE_EXTRA2, SAMPLER_INSTDONE, ROW_INSTDONE
    };
    for (int offset : idle) registers.store32(offset, -1);
    registers.store32(SFC_DONE, 0xff);
    registers.store32(GAM_DONE, 0xffbfffff);
  }

  PagedMemory memory() {
    return memory;
  }

  PagedMemory ggtt() {
    return ggtt;
  }

  ConfigSpace config() {
    return config;
  }

  // ---- time

  long nextEventNanos() {
    return queue.firstNanos();
  }

  /** Lets the first event happen; returns its time. */
  long step() {
    nowNanos = queue.firstNanos();
    long event = queue.take();
    int argument = EventQueue.argument(event);
    switch (EventQueue.target(event)) {
      case EVENT_FORCEWAKE -> forcewake.acknowledge(argument);
      case EVENT_RESET -> endReset(argument);
      case EVENT_FAULT -> faultDue(argument);
      default -> engines.get(EventQueue.target(event)).event(argument);
    }
    wakeWaiting();
    return nowNanos;
  }

  private boolean isEvent(int target, int argument) {
    return switch (target) {
      case EVENT_FORCEWAKE -> Forcewake.isEvent(argument);
      case EVENT_RESET -> true;
      case EVENT_FAULT -> faults.isEvent(argument);
      default -> target >= 0 && target < engines.size() && CommandStreamer.isEvent(argument);
    };
  }

  /** The present is {@code timeNanos}: every event before it has happened. */
  void arriveAt(long timeNanos) {
    nowNanos = timeNanos;
  }

  /** Engines that wait for what was written look again. */
  void wakeWaiting() {
    if (memory.takeWatchedPageWritten()) {
      for (CommandStreamer engine : engines) engine.wake();
    }
    if (!registerWritten) return;
    registerWritten = false;
    for (CommandStreamer engine : engines) engine.registerWritten();
  }

  boolean busy() {
    if (queue.size() > faults.waiting()) return true;
    for (CommandStreamer engine : engines) if (engine.busy()) return true;
    return false;
  }

  private void faultDue(int index) {
    faults.becomeDue(index);
    for (CommandStreamer engine : engines) {
      if (engine.state().position().batchLevel() > 0) faults.arm(engine.state());
      engine.wake();
    }
  }

  // ---- registers as the CPU reaches them

  int readRegister(int offset) {
    return forcewake.readable(offset) ? read(offset) : 0;
  }

  void writeRegister(int offset, int value) {
    if (forcewake.writable(offset)) write(offset, value);
  }

  // ---- registers as commands reach them

  @Override
  public int read(int offset) {
    if (offset < 0 || offset >= REGISTER_BYTES) return -1;
    CommandStreamer engine = engineOfPage[offset >>> Page.SHIFT];
    if (engine != null) return engine.readRegister(offset & Page.OFFSET_MASK);
    return InterruptController.owns(offset) ? interrupts.read(offset) : registers.load32(offset);
  }

  @Override
  public void write(int offset, int value) {
    if (offset < 0 || offset >= REGISTER_BYTES) return;
    registerWritten = true;
    CommandStreamer engine = engineOfPage[offset >>> Page.SHIFT];
    if (engine != null) engine.writeRegister(offset & Page.OFFSET_MASK, value);
    else if (InterruptController.owns(offset)) interrupts.write(offset, value);
    else if (!forcewake.write(offset, value, nowNanos)) writeGlobal(offset, value);
  }

  private void writeGlobal(int offset, int value) {
    switch (offset) {
      case GDRST -> beginReset(value);
      case RPNSWREQ -> {
        registers.store32(offset, value);
        clock.request(value);
        registers.store32(RPSTAT, clock.status());
      }
      case GFX_FLSH_CNTL -> {
        for (AddressSpace space : addressSpaces) space.invalidate();
      }
      // invalidation is done at once: the bit that asks for it clears itself
      case GFX_CCS_AUX_INV,
          VD0_CCS_AUX_INV,
          VE0_CCS_AUX_INV,
          BCS0_CCS_AUX_INV,
          VD2_CCS_AUX_INV,
          CCS0_CCS_AUX_INV,
          RPSTAT,
          RP_STATE_CAP,
          FREQ_INFO_REC -> {}
      default -> registers.store32(offset, value);
    }
  }

  private void beginReset(int domains) {
    registers.store32(GDRST, registers.load32(GDRST) | domains);
    if (domains != 0) queue.schedule(nowNanos + RESET_NANOS, EVENT_RESET, domains);
  }

  private void endReset(int domains) {
    for (CommandStreamer engine : engines) {
      int domain = 1 << engine.engine().resetDomainBit();
      if ((domains & (GDRST_FULL | domain)) != 0) engine.reset();
    }
    registers.store32(GDRST, registers.load32(GDRST) & ~domains);
  }

  /** The first fault is kept until software clears it (i915-kernel.md 6.3). */
  private void pageFault(Engine engine, long address, boolean inGgtt, int level) {
    if ((registers.load32(FAULT_REG) & FAULT_REG_VALID) != 0) return;
    int id = engine == Engine.BCS0 ? COPY_ENGINE_FAULT_ID : 0;
    registers.store32(
        FAULT_REG,
        FAULT_REG_VALID | level << FAULT_REG_FAULT_TYPE_SHIFT | id << FAULT_REG_ENGINE_ID_SHIFT);
    registers.store32(FAULT_TLB_DATA0, (int) (address >>> Page.SHIFT));
    int high = (int) (address >>> 44) & FAULT_TLB_DATA1_VIRTUAL_ADDRESS_47_TO_44_MASK;
    registers.store32(FAULT_TLB_DATA1, high | (inGgtt ? FAULT_TLB_DATA1_ADDRESS_SPACE_GGTT : 0));
  }

  // ---- EngineHost

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public EventQueue queue() {
    return queue;
  }

  @Override
  public EngineClock clock() {
    return clock;
  }

  @Override
  public void interrupt(Engine engine, int bits) {
    interrupts.raise(engine, bits);
  }

  @Override
  public void semaphoreSignalled() {
    for (CommandStreamer engine : engines) engine.wake();
  }

  @Override
  public void armFaults(EngineState state) {
    faults.arm(state);
  }

  @Override
  public boolean faultReached(EngineState state, long timeNanos) {
    return faults.reached(state, timeNanos);
  }

  // ---- saving

  long registersHash() {
    publish();
    var hash = new StateHash();
    hash.putLong(registers.hash());
    hash.putLong(ggtt.hash());
    config.save(hash);
    return hash.hash();
  }

  long memoryHash() {
    return memory.hash();
  }

  long enginesHash() {
    var hash = new StateHash();
    saveParts(hash);
    for (AddressSpace space : addressSpaces) hash.putLong(space.hash());
    return hash.hash();
  }

  byte[] save() {
    publish();
    var bytes = new StateBytes();
    bytes.putInt(SAVED_MAGIC);
    bytes.putInt(SAVED_VERSION);
    memory.save(bytes);
    ggtt.save(bytes);
    registers.save(bytes);
    config.save(bytes);
    for (AddressSpace space : addressSpaces) space.save(bytes);
    saveParts(bytes);
    return bytes.toByteArray();
  }

  void restore(byte[] saved) {
    var source = new StateSource(saved);
    if (source.takeInt() != SAVED_MAGIC) throw new StateException("saved state: not one of a GPU");
    int version = source.takeInt();
    if (version != SAVED_VERSION) {
      throw new StateException(
          "saved state: version %d, read is %d".formatted(version, SAVED_VERSION));
    }
    memory.restore(source);
    ggtt.restore(source);
    registers.restore(source);
    config.restore(source);
    for (AddressSpace space : addressSpaces) space.restore(source);
    nowNanos = source.takeLong();
    clock.restoreUnits(source.takeInt());
    interrupts.restore(source);
    faults.restore(source);
    queue.restore(source, nowNanos, this::isEvent);
    for (CommandStreamer engine : engines) engine.restore(source);
    source.end();
  }

  private void saveParts(StateSink sink) {
    sink.putLong(nowNanos);
    sink.putInt(clock.units());
    interrupts.save(sink);
    faults.save(sink);
    queue.save(sink);
    for (CommandStreamer engine : engines) engine.save(sink);
  }

  private void publish() {
    for (CommandStreamer engine : engines) engine.publish();
  }
}

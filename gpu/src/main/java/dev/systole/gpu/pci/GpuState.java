package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.GtRegisters.GDRST;
import static dev.systole.spec.gen12.GtRegisters.GFX_MSTR_IRQ_DISPLAY;

import dev.systole.gpu.display.Display;
import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.engine.CommandStreamer;
import dev.systole.gpu.engine.EngineHost;
import dev.systole.gpu.engine.ScalerLock;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.injection.FaultInjector;
import dev.systole.gpu.interrupt.InterruptController;
import dev.systole.gpu.iommu.RemappingUnit;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.DeviceMemory;
import dev.systole.gpu.memory.MemoryView;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.power.EngineClock;
import dev.systole.gpu.power.Forcewake;
import dev.systole.gpu.power.GtPower;
import dev.systole.gpu.sim.EventQueue;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
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
 * an effect are just kept, those with one are claimed by the part that they belong to.
 */
final class GpuState implements EngineHost {
  private static final int SAVED_MAGIC = 0x53475055;
  private static final int SAVED_VERSION = 2;

  private final Platform platform;
  private final RemappingUnit remapping;
  private final DeviceMemory memory;
  private final CpuMemory cpuMemory;
  private final PagedMemory registers = new PagedMemory(RegisterMap.BYTES);
  private final RegisterMap map = new RegisterMap(registers);
  private final EventQueue queue = new EventQueue();

  /** An event's target is the place in this list of whom it is for. */
  private final List<Part> parts = new ArrayList<>();

  private final List<CommandStreamer> engines = new ArrayList<>();
  private final ConfigSpace config;
  private final FaultInjector faults;
  private final EngineClock clock;
  private final InterruptController interrupts;
  private final GtPower power;
  private final Forcewake forcewake;
  private final TranslationControl translation;
  private final Display display;

  private long nowNanos;

  /**
   * @param message interrupts the CPU for the function
   * @param faultEvent interrupts it for the remapping unit
   */
  GpuState(
      Platform platform, FaultPlan plan, WorldDoor world, Runnable message, Runnable faultEvent) {
    this.platform = platform;
    var system = new PagedMemory(platform.systemMemoryBytes());
    int source = ConfigSpace.sourceId(platform);
    remapping = add(new RemappingUnit(system, source, this::remappingChanged, faultEvent));
    memory = new DeviceMemory(system, remapping, platform.localMemoryBytes());
    config = new ConfigSpace(platform);
    cpuMemory = new CpuMemory(memory, config);
    faults = add(new FaultInjector(plan, schedule(), world));
    faults.whenStruck(FaultKind.BUS_GONE, _ -> leaveBus());
    add(new ResetControl(registers, schedule(), faults, engines), GDRST);
    clock = add(new EngineClock(platform), EngineClock.claimed());
    Runnable enabled = config.ifEnabled(message);
    interrupts =
        add(
            new InterruptController(registers, schedule(), faults, enabled),
            InterruptController.claimed());
    power =
        add(
            new GtPower(platform, registers, clock, schedule(), interrupts::raisePowerManagement),
            GtPower.claimed());
    forcewake = add(new Forcewake(registers, schedule(), power, faults), Forcewake.claimed());
    translation = new TranslationControl(platform, memory, registers, engines);
    map.claim(translation, TranslationControl.claimed());
    display =
        add(
            new Display(
                registers,
                memory,
                schedule(),
                pending -> interrupts.setLevel(GFX_MSTR_IRQ_DISPLAY, pending),
                map::noteChange));
    display.claim(map::claimRange);
    map.claim(new MaskedRegisters(registers), MaskedRegisters.claimed());
    faults.whenStruck(FaultKind.VBLANK_STUCK, it -> display.stickVblank(it.targetNumber()));
    platform.engines().forEach(this::addEngine);
  }

  /** For the part that will be added next. */
  private Schedule schedule() {
    return new Schedule(queue, this::nowNanos, parts.size());
  }

  private <P extends Part> P add(P part) {
    parts.add(part);
    return part;
  }

  private <P extends Part & RegisterBlock> P add(P part, int... registersOfPart) {
    map.claim(part, registersOfPart);
    return add(part);
  }

  private void addEngine(Engine engine) {
    AddressSpace space = translation.addSpace();
    Page own = registers.write(engine.mmioBase());
    var streamer = new CommandStreamer(engine, platform, space, own, map, this, parts.size());
    engines.add(add(streamer));
    map.claimRange(streamer, engine.mmioBase(), Page.BYTES);
    if (!ScalerLock.isIn(engine.engineClass())) return;
    var scaler = new ScalerLock(engine, registers);
    map.claim(scaler, scaler.claimed());
  }

  /** Memory as the CPU addresses it. */
  MemoryView memory() {
    return cpuMemory;
  }

  /** The unit between the device and system memory. */
  RemappingUnit remapping() {
    return remapping;
  }

  private void remappingChanged() {
    translation.remappingChanged();
  }

  /** The entries of the GGTT. */
  PagedMemory ggtt() {
    return memory.ggttEntries();
  }

  ConfigSpace config() {
    return config;
  }

  // ---- power

  void writeConfig(int offset, int widthBytes, int value) {
    boolean was = config.isOn();
    config.write(offset, widthBytes, value);
    if (was != config.isOn()) switchPower();
  }

  /** Takes or gives the power of the whole function; local memory and the GGTT are lost as well. */
  void setPowered(boolean on) {
    config.setPowered(on);
    ggtt().clear();
    memory.local().clear();
    switchPower();
  }

  /** Nothing but configuration space and the GGTT, which lies in stolen memory, lives in D3. */
  private void switchPower() {
    registers.clear();
    queue.cancelAllBut(parts.indexOf(faults));
    parts.forEach(Part::reset);
    for (AddressSpace space : translation.spaces()) space.invalidate();
    power.setOff(!config.isOn());
  }

  /** Without DMA nothing goes on in the device, whatever it was at. */
  private void leaveBus() {
    config.leaveBus();
    queue.cancelAllBut(parts.indexOf(faults));
  }

  // ---- time

  long nextEventNanos() {
    return queue.firstNanos();
  }

  /** Lets the first event happen; returns its time. */
  long step() {
    nowNanos = queue.firstNanos();
    long event = queue.take();
    parts.get(EventQueue.target(event)).event(EventQueue.argument(event));
    wakeWaiting();
    return nowNanos;
  }

  private boolean isEvent(int target, int argument) {
    return target >= 0 && target < parts.size() && parts.get(target).isEvent(argument);
  }

  /** The present is {@code timeNanos}: every event before it has happened. */
  void arriveAt(long timeNanos) {
    nowNanos = timeNanos;
  }

  /** Engines that wait for what was written look again. Every event comes here: no iterators. */
  void wakeWaiting() {
    if (memory.takeWatchedPageWritten()) {
      for (int i = 0; i < engines.size(); i++) engines.get(i).wake();
    }
    if (!map.takeWritten()) return;
    for (int i = 0; i < engines.size(); i++) engines.get(i).registerWritten();
  }

  boolean busy() {
    if (config.hasLeftBus()) return false;
    if (queue.size() > faults.planned() + display.idleEvents()) return true;
    for (int i = 0; i < engines.size(); i++) if (engines.get(i).busy()) return true;
    return false;
  }

  /** What the context of an engine last set, command by command. */
  List<int[]> lastState(Engine engine) {
    for (CommandStreamer streamer : engines) {
      if (streamer.engine() == engine) return streamer.state().lastState().commands();
    }
    return List.of();
  }

  List<EngineActivity> activity() {
    return engines.stream().filter(CommandStreamer::busy).map(EngineActivity::of).toList();
  }

  // ---- registers as the CPU reaches them

  int readRegister(int offset) {
    return forcewake.readable(offset) ? map.read(offset) : 0;
  }

  void writeRegister(int offset, int value) {
    if (forcewake.writable(offset)) map.write(offset, value);
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
  public GtPower power() {
    return power;
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
  public Display display() {
    return display;
  }

  @Override
  public FaultInjector faults() {
    return faults;
  }

  // ---- saving

  long registersHash() {
    publish();
    var hash = new StateHash();
    hash.putLong(registers.hash());
    hash.putLong(ggtt().hash());
    config.save(hash);
    return hash.hash();
  }

  long memoryHash() {
    return memory.system().hash() ^ StateHash.mix(memory.local().hash());
  }

  /** The faults of the plan are no state of the hardware until they fire. */
  long enginesHash() {
    var hash = new StateHash();
    hash.putLong(nowNanos);
    queue.save(hash, target -> parts.get(target) != faults);
    for (Part part : parts) if (part != faults) part.save(hash);
    for (AddressSpace space : translation.spaces()) hash.putLong(space.hash());
    return hash.hash();
  }

  byte[] save() {
    publish();
    var bytes = new StateBytes();
    bytes.putInt(SAVED_MAGIC);
    bytes.putInt(SAVED_VERSION);
    memory.system().save(bytes);
    memory.local().save(bytes);
    ggtt().save(bytes);
    registers.save(bytes);
    saveRest(bytes);
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
    memory.system().restore(source);
    memory.local().restore(source);
    ggtt().restore(source);
    registers.restore(source);
    restoreRest(source);
  }

  Checkpoint checkpoint() {
    publish();
    var rest = new StateBytes();
    saveRest(rest);
    return new Checkpoint(
        platform,
        memory.system().image(),
        memory.local().image(),
        ggtt().image(),
        registers.image(),
        rest.toByteArray());
  }

  void restore(Checkpoint checkpoint) {
    if (!checkpoint.platform.equals(platform)) {
      throw new StateException(
          "checkpoint: of %s, not of %s".formatted(checkpoint.platform.name(), platform.name()));
    }
    memory.system().restore(checkpoint.system);
    memory.local().restore(checkpoint.local);
    ggtt().restore(checkpoint.ggtt);
    registers.restore(checkpoint.registers);
    restoreRest(new StateSource(checkpoint.rest));
  }

  private void saveRest(StateSink sink) {
    config.save(sink);
    for (AddressSpace space : translation.spaces()) space.save(sink);
    saveParts(sink);
  }

  private void restoreRest(StateSource source) {
    config.restore(source);
    for (AddressSpace space : translation.spaces()) space.restore(source);
    nowNanos = source.takeLong();
    queue.restore(source, nowNanos, this::isEvent);
    for (Part part : parts) part.restore(source);
    source.end();
  }

  private void saveParts(StateSink sink) {
    sink.putLong(nowNanos);
    queue.save(sink);
    for (Part part : parts) part.save(sink);
  }

  private void publish() {
    for (CommandStreamer engine : engines) engine.publish();
  }
}

package dev.systole.gpu.pci;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import dev.systole.gpu.door.Picture;
import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.memory.MemoryView;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.Hardware;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import java.util.List;
import java.util.Optional;

/**
 * A simulated Gen12 GPU with the system memory that it reaches by DMA. It lives in the time of a
 * {@link VirtualClock}: every access first runs it up to the present.
 *
 * <p>BAR 0 has 16 MiB: registers, and from 8 MiB on the entries of the GGTT. An access beyond it
 * reads as ones; one that is not aligned to its width is aligned down. A register whose power well
 * sleeps reads as zero and ignores writes. In D3 all of it reads as ones, and what registers held
 * is lost.
 */
public final class Gpu implements PciFunction, Hardware {
  private static final int BAR0_BYTES = 2 * RegisterMap.BYTES;

  private final VirtualClock clock;
  private final GpuState state;
  private InterruptLine line = timeNanos -> {};
  private InterruptLine iommuLine = timeNanos -> {};
  private boolean interrupted;

  /**
   * A device after power-on.
   *
   * @param plan what will go wrong in it
   * @param world is told when it does
   */
  public Gpu(Platform platform, VirtualClock clock, FaultPlan plan, WorldDoor world) {
    this.clock = clock;
    state = new GpuState(platform, plan, world, this::sendMessage, this::sendFaultEvent);
  }

  private void sendMessage() {
    interrupted = true;
    line.raise(state.nowNanos());
  }

  private void sendFaultEvent() {
    interrupted = true;
    iommuLine.raise(state.nowNanos());
  }

  @Override
  public void connect(InterruptLine interruptLine) {
    line = interruptLine;
  }

  @Override
  public void connectIommu(InterruptLine interruptLine) {
    iommuLine = interruptLine;
  }

  // ---- Hardware

  @Override
  public long nextEventNanos() {
    return state.nextEventNanos();
  }

  @Override
  public void runUntil(long limitNanos) {
    while (state.nextEventNanos() <= limitNanos) state.step();
    if (state.nowNanos() < limitNanos) state.arriveAt(limitNanos);
  }

  @Override
  public long runToInterrupt(long limitNanos) {
    interrupted = false;
    while (state.nextEventNanos() <= limitNanos) {
      long time = state.step();
      if (interrupted) return time;
    }
    if (state.nowNanos() < limitNanos) state.arriveAt(limitNanos);
    return limitNanos;
  }

  @Override
  public boolean busy() {
    return state.busy();
  }

  /** The engines that are not idle, for whoever looks from outside: no driver could ask so. */
  public List<EngineActivity> activity() {
    return state.activity();
  }

  @Override
  public long registersHash() {
    return state.registersHash();
  }

  @Override
  public long memoryHash() {
    return state.memoryHash();
  }

  @Override
  public long enginesHash() {
    return state.enginesHash();
  }

  /**
   * The 3D, GPGPU and media state of an engine's context: every command that sets state, with its
   * dwords as last written.
   */
  public List<int[]> lastState(Engine engine) {
    return state.lastState(engine);
  }

  /** The whole state of the device and its memory, for {@link #restore}. */
  public byte[] save() {
    return state.save();
  }

  /** The whole state of the device and its memory, which stays in memory, for a restore there. */
  public Checkpoint checkpoint() {
    return state.checkpoint();
  }

  /**
   * Brings back the state of a device of the same platform and fault plan. The clock is the
   * caller's: it must not lie before the time of the checkpoint.
   *
   * @throws dev.systole.gpu.sim.StateException when the checkpoint is of another platform or plan
   */
  public void restore(Checkpoint checkpoint) {
    state.restore(checkpoint);
  }

  /**
   * Brings back a saved state of a device of the same platform and fault plan. The clock is the
   * caller's: it must not lie before the time of saving.
   *
   * @throws dev.systole.gpu.sim.StateException when the bytes are not such a state
   */
  public void restore(byte[] saved) {
    state.restore(saved);
  }

  /**
   * Takes the device its power, D3cold, or gives it back: then it is as after power-on. System
   * memory keeps what it holds.
   */
  public void setPowered(boolean on) {
    arrive();
    state.setPowered(on);
  }

  // ---- the world

  /** A monitor is plugged in; one that was there is unplugged before. */
  public void plug(Connector connector, Monitor monitor) {
    arrive();
    state.display().plug(connector, monitor);
  }

  /** The monitor, if there is one, is unplugged. */
  public void unplug(Connector connector) {
    arrive();
    state.display().unplug(connector);
  }

  /**
   * What a pipe sends to its port at present; nothing while its transcoder does not run.
   *
   * @param pipe 0 to 3: A to D
   */
  public Optional<Picture> scanOut(int pipe) {
    arrive();
    return state.display().scanOut(pipe);
  }

  // ---- PciFunction

  /** Every access: the hardware first runs up to the present, then sees it. */
  private void arrive() {
    runUntil(clock.nowNanos());
  }

  @Override
  public int readConfig(int offsetBytes, int widthBytes) {
    arrive();
    return state.config().read(offsetBytes, widthBytes);
  }

  @Override
  public void writeConfig(int offsetBytes, int widthBytes, int value) {
    arrive();
    state.writeConfig(offsetBytes, widthBytes, value);
  }

  @Override
  public int readRegister(int offsetBytes) {
    arrive();
    state.faults().accessed(offsetBytes & ~3);
    if (!inBar(offsetBytes)) return -1;
    int offset = offsetBytes & ~3;
    if (offset < RegisterMap.BYTES) return state.readRegister(offset);
    return state.ggtt().load32(offset - RegisterMap.BYTES);
  }

  @Override
  public void writeRegister(int offsetBytes, int value) {
    arrive();
    state.faults().accessed(offsetBytes & ~3);
    if (!inBar(offsetBytes)) return;
    int offset = offsetBytes & ~3;
    if (offset < RegisterMap.BYTES) state.writeRegister(offset, value);
    else state.ggtt().store32(offset - RegisterMap.BYTES, value);
    state.wakeWaiting();
  }

  @Override
  public long readRegister64(int offsetBytes) {
    arrive();
    state.faults().accessed(offsetBytes & ~3);
    if (!inBar(offsetBytes)) return -1;
    int offset = offsetBytes & ~7;
    if (offset >= RegisterMap.BYTES) {
      return state.ggtt().load64(offset - RegisterMap.BYTES);
    }
    long low = state.readRegister(offset) & 0xffffffffL;
    return low | (long) state.readRegister(offset + Integer.BYTES) << 32;
  }

  @Override
  public void writeRegister64(int offsetBytes, long value) {
    arrive();
    state.faults().accessed(offsetBytes & ~3);
    if (!inBar(offsetBytes)) return;
    int offset = offsetBytes & ~7;
    if (offset >= RegisterMap.BYTES) {
      state.ggtt().store64(offset - RegisterMap.BYTES, value);
    } else {
      state.writeRegister(offset, (int) value);
      state.writeRegister(offset + Integer.BYTES, (int) (value >>> 32));
    }
    state.wakeWaiting();
  }

  @Override
  public int readIommu(int offsetBytes) {
    arrive();
    return state.remapping().read(offsetBytes);
  }

  @Override
  public void writeIommu(int offsetBytes, int value) {
    arrive();
    state.remapping().write(offsetBytes, value);
    state.wakeWaiting();
  }

  private boolean inBar(int offset) {
    return offset >= 0 && offset < BAR0_BYTES && state.config().memoryEnabled();
  }

  @Override
  public int readMemory32(long busAddress) {
    return memory().load32(busAddress);
  }

  @Override
  public void writeMemory32(long busAddress, int value) {
    memory().store32(busAddress, value);
    state.wakeWaiting();
  }

  @Override
  public long readMemory64(long busAddress) {
    return memory().load64(busAddress);
  }

  @Override
  public void writeMemory64(long busAddress, long value) {
    memory().store64(busAddress, value);
    state.wakeWaiting();
  }

  @Override
  public void readMemory(long busAddress, byte[] target, int offset, int lengthBytes) {
    memory().read(busAddress, target, offset, lengthBytes);
  }

  @Override
  public void writeMemory(long busAddress, byte[] source, int offset, int lengthBytes) {
    memory().write(busAddress, source, offset, lengthBytes);
    state.wakeWaiting();
  }

  private MemoryView memory() {
    arrive();
    return state.memory();
  }
}

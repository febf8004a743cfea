package dev.systole.replayer;

import dev.systole.decoder.Decoder;
import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.EngineActivity;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.BusEvent;
import dev.systole.trace.event.BusEvent.ConfigRead;
import dev.systole.trace.event.BusEvent.ConfigWrite;
import dev.systole.trace.event.BusEvent.Interrupt;
import dev.systole.trace.event.BusEvent.IommuRead;
import dev.systole.trace.event.BusEvent.IommuWrite;
import dev.systole.trace.event.BusEvent.MemoryRead;
import dev.systole.trace.event.BusEvent.MemoryReadBlock;
import dev.systole.trace.event.BusEvent.MemoryWrite;
import dev.systole.trace.event.BusEvent.RegisterRead;
import dev.systole.trace.event.BusEvent.RegisterWrite;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.MappingEvent;
import dev.systole.trace.event.MappingEvent.MappingRead;
import dev.systole.trace.event.MappingEvent.MappingReadBlock;
import dev.systole.trace.event.MappingEvent.MappingWrite;
import dev.systole.trace.event.StateHash;
import dev.systole.trace.event.WorldEvent.FaultFired;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs the hardware alone: everything that the kernel side and the applications did to it is fed at
 * its time; what it answers, its interrupts and the hashes of its state are compared.
 */
public final class BusReplay {
  /** An interrupt, and whose it was. */
  private record Raised(long timeNanos, long vector) {
    @Override
    public String toString() {
      return vector + " at " + timeNanos + " ns";
    }
  }

  private final TraceReader trace;
  private final VirtualClock clock = new VirtualClock();
  private final List<Raised> expectedInterrupts = new ArrayList<>();
  private final List<Raised> raisedInterrupts = new ArrayList<>();
  private final FaultPlan plan;
  private final EventCursor events;
  private final List<String> faultsNotFired;
  private final int extraFaults;
  private Gpu gpu;
  private Divergence divergence;

  /**
   * @param extra faults besides those that the trace holds; when one has fired, nothing is compared
   *     any more
   */
  public BusReplay(TraceReader trace, FaultPlan extra) throws IOException {
    this.trace = trace;
    this.events = trace.events();
    faultsNotFired =
        new ArrayList<>(extra.entries().stream().map(each -> each.fault().text()).toList());
    extraFaults = faultsNotFired.size();
    plan = RecordedFaults.of(trace).and(extra);
    gpu = poweredOn();
  }

  private Gpu poweredOn() {
    Platform platform = RecordedMachine.of(trace).platform();
    WorldDoor world = (point, _) -> faultsNotFired.remove(point.fault());
    var fresh = new Gpu(platform, clock, plan, world);
    fresh.connect(timeNanos -> raisedInterrupts.add(new Raised(timeNanos, Interrupt.GPU)));
    fresh.connectIommu(timeNanos -> raisedInterrupts.add(new Raised(timeNanos, Interrupt.IOMMU)));
    return fresh;
  }

  /** Goes on with another device, which takes over the state of the present one. */
  void exchangeHardware() {
    byte[] state = gpu.save();
    gpu = poweredOn();
    gpu.restore(state);
  }

  /** The hardware, at the present of the replay. */
  public Gpu gpu() {
    return gpu;
  }

  /** The extra faults that did not come to their place. */
  List<String> faultsNotFired() {
    return List.copyOf(faultsNotFired);
  }

  /** What engines are still at, in words. */
  List<String> unfinished() {
    Decoder decoder = Decoder.gen12();
    return gpu.activity().stream().map(each -> text(each, decoder)).toList();
  }

  private static String text(EngineActivity activity, Decoder decoder) {
    int[] header = {activity.commandHeader()};
    return "%s with %s at 0x%x"
        .formatted(
            activity.engine().kernelName(),
            decoder.command(header, activity.engine().engineClass()).name(),
            activity.commandAddress());
  }

  /** Feeds everything, or up to the first difference. */
  public Optional<Divergence> run() throws IOException {
    return runTo(Long.MAX_VALUE);
  }

  /** Feeds the events before {@code eventNumber}, or up to the first difference. */
  public Optional<Divergence> runTo(long eventNumber) throws IOException {
    while (divergence == null && events.next()) {
      feed(events.event());
      if (events.number() + 1 >= eventNumber) break;
    }
    return Optional.ofNullable(divergence);
  }

  private void feed(Event event) throws IOException {
    if (event instanceof FaultFired) return; // of the same moment as what it brings about
    if (event instanceof Interrupt e) {
      expectedInterrupts.add(new Raised(e.timeNanos(), e.vector()));
      return;
    }
    boolean later = event.timeNanos() > clock.nowNanos();
    if (later) clock.advanceTo(event.timeNanos());
    // A hash at the time of a write is of the state just after it: its effects are to come.
    if (later || !(event instanceof StateHash)) gpu.runUntil(clock.nowNanos());
    switch (event) {
      case BusEvent e -> feed(e);
      case MappingEvent e -> feed(e);
      case StateHash e -> compareState(e);
      case Event _ -> {}
    }
    compareInterrupts();
  }

  /** An interrupt stands before the access up to which, or by which, the hardware raised it. */
  private void compareInterrupts() throws IOException {
    if (!expectedInterrupts.equals(raisedInterrupts)) {
      diverged("interrupts %s, expected %s".formatted(raisedInterrupts, expectedInterrupts));
    }
    expectedInterrupts.clear();
    raisedInterrupts.clear();
  }

  private void feed(BusEvent event) throws IOException {
    switch (event) {
      case RegisterRead e ->
          compare(
              e.value(),
              e.widthBytes() == Long.BYTES
                  ? gpu.readRegister64((int) e.offset())
                  : Integer.toUnsignedLong(gpu.readRegister((int) e.offset())));
      case RegisterWrite e -> {
        if (e.widthBytes() == Long.BYTES) {
          gpu.writeRegister64((int) e.offset(), e.value());
        } else {
          gpu.writeRegister((int) e.offset(), (int) e.value());
        }
      }
      case ConfigRead e ->
          compare(
              e.value(),
              Integer.toUnsignedLong(gpu.readConfig((int) e.offset(), (int) e.widthBytes())));
      case ConfigWrite e ->
          gpu.writeConfig((int) e.offset(), (int) e.widthBytes(), (int) e.value());
      case MemoryRead e -> compare(e.value(), readMemory(e.address(), e.widthBytes()));
      case MemoryReadBlock e -> compareBlock(e.address(), e.bytes().toBytes());
      case MemoryWrite e -> write(e.address(), e.bytes().toBytes());
      case Interrupt _ -> throw new IllegalStateException("an interrupt is not fed");
      case IommuRead e ->
          compare(e.value(), Integer.toUnsignedLong(gpu.readIommu((int) e.offset())));
      case IommuWrite e -> gpu.writeIommu((int) e.offset(), (int) e.value());
    }
  }

  private void feed(MappingEvent event) throws IOException {
    switch (event) {
      case MappingWrite e -> write(e.busAddress(), e.bytes().toBytes());
      case MappingRead e -> compare(e.value(), readMemory(e.busAddress(), e.widthBytes()));
      case MappingReadBlock e -> compareBlock(e.busAddress(), e.bytes().toBytes());
    }
  }

  private long readMemory(long address, long widthBytes) {
    return widthBytes == Long.BYTES
        ? gpu.readMemory64(address)
        : Integer.toUnsignedLong(gpu.readMemory32(address));
  }

  private void write(long address, byte[] bytes) {
    gpu.writeMemory(address, bytes, 0, bytes.length);
  }

  private void compare(long expected, long found) throws IOException {
    if (expected != found) diverged("0x" + Long.toHexString(found));
  }

  private void compareBlock(long address, byte[] expected) throws IOException {
    var found = new byte[expected.length];
    gpu.readMemory(address, found, 0, found.length);
    int at = Arrays.mismatch(expected, found);
    if (at >= 0) {
      diverged("0x%02x at offset %d instead of 0x%02x".formatted(found[at], at, expected[at]));
    }
  }

  private void compareState(StateHash event) throws IOException {
    if (event.registers() != gpu.registersHash()) {
      diverged("another hash of the registers");
    } else if (event.memory() != gpu.memoryHash()) {
      diverged("another hash of memory");
    } else if (extraFaults == 0 && event.engines() != gpu.enginesHash()) {
      // with more faults than the trace has, those that wait are part of the engines' state
      diverged("another hash of the engines");
    }
  }

  private void diverged(String found) throws IOException {
    if (faultsNotFired.size() < extraFaults) return;
    divergence = new DivergenceFinder(trace).at(events, found);
  }
}

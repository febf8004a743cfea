package dev.systole.recorder.probe;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.CpuThread;
import dev.systole.driver.door.Call;
import dev.systole.driver.door.Return;
import dev.systole.gpu.sim.Hardware;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.recorder.call.CallCatalog;
import dev.systole.trace.EventSink;
import dev.systole.trace.FieldSink;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.EventKind;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What the probes of one machine share: where events go, and when and on which lane they happen.
 */
public final class Recording {
  /** A state hash is due after so many register writes. */
  private static final int STATE_HASH_WRITES = 1 << 11;

  private final EventSink sink;
  private final VirtualClock clock;
  private final Hardware hardware;
  private final Cpu cpu;
  private final Map<CpuThread, Integer> laneByThread = new IdentityHashMap<>();
  private final int interruptLane;
  private final int hardwareLane;
  private CpuThread lastThread;
  private int lastLane;
  private int writesToStateHash = STATE_HASH_WRITES;
  private long lastStepNanos;

  /** Tells {@code sink} of a machine that has this CPU and this hardware. */
  public Recording(EventSink sink, Cpu cpu, Hardware hardware) {
    this.sink = sink;
    this.cpu = cpu;
    this.clock = cpu.clock();
    this.hardware = hardware;
    this.interruptLane = sink.lane(Lane.of("interrupt"));
    this.hardwareLane = sink.lane(Lane.of("gpu"));
  }

  /** Names the lane of the running thread; otherwise it is the thread's name. */
  void assign(Lane lane) {
    laneByThread.put(cpu.current(), sink.lane(lane));
    lastThread = null;
  }

  /** When an application last did something: entered or left a call, or touched its memory. */
  public long lastStepNanos() {
    return lastStepNanos;
  }

  /** An application does something now. */
  void step() {
    lastStepNanos = clock.nowNanos();
  }

  EventSink sink() {
    return sink;
  }

  long nowNanos() {
    return clock.nowNanos();
  }

  /** The lane of what runs now. */
  int lane() {
    CpuThread thread = cpu.current();
    if (thread == null) return interruptLane;
    if (thread != lastThread) {
      lastLane = laneByThread.computeIfAbsent(thread, t -> sink.lane(Lane.of(t.name())));
      lastThread = thread;
    }
    return lastLane;
  }

  int hardwareLane() {
    return hardwareLane;
  }

  /**
   * Lets the hardware come up to the present, so that its events stand before the one that follows;
   * it would do so at the next access anyway.
   */
  void catchUp() {
    hardware.runUntil(clock.nowNanos());
  }

  /**
   * Called before a write to memory that may be merged with the one before: they stay apart if the
   * hardware does something between them, so that a merged write is exact.
   */
  void separateWrites() {
    if (hardware.nextEventNanos() <= clock.nowNanos()) sink.separate();
  }

  /** Records that a call is entered, on the lane of what runs now. */
  void enter(Call<?> call) {
    catchUp();
    CallCatalog.get().enter(call, sink, lane(), clock.nowNanos());
  }

  /** Records that a call is left. */
  void leave(Return result) {
    catchUp();
    CallCatalog.get().leave(result, sink, lane(), clock.nowNanos());
  }

  /** Begins a health event. */
  FieldSink begin(EventKind kind) {
    catchUp();
    return sink.begin(kind, lane(), clock.nowNanos());
  }

  /** A register was written: records a state hash when one is due. */
  void registerWritten() {
    if (--writesToStateHash > 0) return;
    writesToStateHash = STATE_HASH_WRITES;
    hashState();
  }

  /** Records the hash of the hardware's present state. */
  public void hashState() {
    sink.begin(EventKinds.STATE_HASH, hardwareLane, clock.nowNanos())
        .integer(hardware.registersHash())
        .integer(hardware.memoryHash())
        .integer(hardware.enginesHash())
        .end();
  }
}

package dev.systole.bridge.machine;

import dev.systole.bridge.machine.Outcome.Completed;
import dev.systole.bridge.machine.Outcome.Failed;
import dev.systole.bridge.machine.Outcome.Looping;
import dev.systole.bridge.machine.Outcome.NothingThere;
import dev.systole.bridge.machine.Outcome.Waiting;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import dev.systole.spec.gen12.GtRegisters;
import dev.systole.spec.gen12.RingRegisters;
import java.util.OptionalLong;

/**
 * A simulated GPU whose power wells are kept awake and whose engines are switched to execution
 * lists, and the time in which its registers are accessed.
 */
public final class ReadyMachine {
  /** How long {@link #settle} waits for an end, in virtual time. */
  public static final long PATIENCE_NANOS = 1_000_000_000;

  private static final long ACCESS_NANOS = 100;

  /** Longer than any power well takes to wake. */
  private static final long WAKE_NANOS = 1_000_000;

  private static final int WAITS =
      RingRegisters.RING_CTL_WAIT_SEMAPHORE | RingRegisters.RING_CTL_WAIT_EVENT;

  private static final int PAGE_BYTES = 4096;
  private static final int PAGE_SHIFT = 12;
  private static final int HIGH_ADDRESS_SHIFT = 44;

  private final Platform platform;
  private final VirtualClock clock = new VirtualClock();
  private final Gpu gpu;

  /** A machine after power-on. */
  public ReadyMachine(Platform platform) {
    this.platform = platform;
    gpu = new Gpu(platform, clock, FaultPlan.none(), (_, _) -> {});
    for (ForcewakeDomain domain : ForcewakeDomain.values()) {
      write(domain.requestRegister(), masked(1));
    }
    clock.charge(WAKE_NANOS);
    for (Engine engine : platform.engines()) {
      write(engine, RingRegisters.RING_MODE, masked(RingRegisters.RING_MODE_DISABLE_LEGACY_MODE));
    }
  }

  private static int masked(int bits) {
    return bits << 16 | bits;
  }

  /** What it simulates. */
  public Platform platform() {
    return platform;
  }

  /** What the CPU sees of the GPU. */
  public PciFunction function() {
    return gpu;
  }

  /** Lets the time of one access pass. */
  public void charge() {
    clock.charge(ACCESS_NANOS);
  }

  /** Reads a register of an engine's block. */
  public int read(Engine engine, int register) {
    return read(engine.mmioBase() + register);
  }

  private int read(int register) {
    charge();
    return gpu.readRegister(register);
  }

  /** Writes a register of an engine's block. */
  public void write(Engine engine, int register, int value) {
    write(engine.mmioBase() + register, value);
  }

  /** Writes a register. */
  public void write(int register, int value) {
    charge();
    gpu.writeRegister(register, value);
  }

  /** Runs the GPU until nothing happens any more, or patience is at its end. */
  public void settle() {
    long limit = clock.nowNanos() + PATIENCE_NANOS;
    while (gpu.nextEventNanos() <= limit) {
      clock.advanceTo(Math.max(clock.nowNanos(), gpu.nextEventNanos()));
      gpu.runUntil(clock.nowNanos());
    }
  }

  /** What became of what was submitted to an engine. */
  public Outcome outcome(Engine engine) {
    int errors = read(engine, RingRegisters.RING_ESR);
    var at = new Stop(read(engine, RingRegisters.RING_IPEHR), parsed(engine));
    OptionalLong fault = faultAddress();
    if (fault.isPresent() && fault.getAsLong() == (at.address() & -PAGE_BYTES)) {
      return new NothingThere(at.address());
    }
    if (errors != 0) return new Failed(at, errors);
    int mode = read(engine, RingRegisters.RING_MI_MODE);
    if ((mode & RingRegisters.RING_MI_MODE_MODE_IDLE) != 0) return new Completed();
    return (read(engine, RingRegisters.RING_CTL) & WAITS) != 0 ? new Waiting(at) : new Looping(at);
  }

  private long parsed(Engine engine) {
    long high = read(engine, RingRegisters.RING_ACTHD_UDW);
    return high << Integer.SIZE | Integer.toUnsignedLong(read(engine, RingRegisters.RING_ACTHD));
  }

  /** The page of the context's that was the first to be missing, if any was. */
  public OptionalLong faultAddress() {
    if ((read(GtRegisters.FAULT_REG) & GtRegisters.FAULT_REG_VALID) == 0) {
      return OptionalLong.empty();
    }
    long low = Integer.toUnsignedLong(read(GtRegisters.FAULT_TLB_DATA0)) << PAGE_SHIFT;
    int upper = read(GtRegisters.FAULT_TLB_DATA1);
    if ((upper & GtRegisters.FAULT_TLB_DATA1_ADDRESS_SPACE_GGTT) != 0) return OptionalLong.empty();
    long high = upper & GtRegisters.FAULT_TLB_DATA1_VIRTUAL_ADDRESS_47_TO_44_MASK;
    return OptionalLong.of(high << HIGH_ADDRESS_SHIFT | low);
  }
}

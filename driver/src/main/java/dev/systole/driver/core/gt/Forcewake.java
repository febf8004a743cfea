package dev.systole.driver.core.gt;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.Timer;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.ForcewakeDomain;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;

/**
 * Keeps power wells awake while their registers are touched (i915: intel_uncore.c; i915-kernel.md
 * 5.4). Every access wakes its well for at least a millisecond; {@link #get} holds wells for
 * longer.
 */
public final class Forcewake {
  private static final int KERNEL = 1 << 0;
  private static final int FALLBACK = 1 << 15;

  /** Everything that firmware may have left behind, but for bit 12. */
  private static final int INITIAL_CLEAR = 0xefff;

  private static final long ACK_TIMEOUT_NANOS = 50_000_000;
  private static final long POLL_INTERVAL_NANOS = 1_000;
  private static final long RELEASE_DELAY_NANOS = 1_000_000;

  /** A well: who holds it, and whether it was touched since its timer last looked. */
  private static final class Well {
    private Timer release;
    private int holders;
    private boolean awake;
    private boolean touched;
  }

  private final PciFunction function;
  private final Cpu cpu;
  private final KernelLog log;
  private final EnumMap<ForcewakeDomain, Well> wells = new EnumMap<>(ForcewakeDomain.class);

  /** The wells of {@code domains}; accesses to others are let through. */
  public Forcewake(PciFunction function, Cpu cpu, KernelLog log, List<ForcewakeDomain> domains) {
    this.function = function;
    this.cpu = cpu;
    this.log = log;
    for (ForcewakeDomain domain : domains) {
      var well = new Well();
      well.release = cpu.timer(() -> releaseUnlessTouched(domain, well));
      wells.put(domain, well);
    }
  }

  /** Clears what firmware may have requested. */
  public void reset() {
    wells.forEach(
        (domain, well) ->
            function.writeRegister(domain.requestRegister(), Masked.clear(INITIAL_CLEAR)));
  }

  /** Holds all wells awake until {@link #put}. */
  public void get() {
    wells.forEach(
        (domain, well) -> {
          well.holders++;
          wake(domain, well);
        });
  }

  /** Ends one {@link #get}. */
  public void put() {
    wells.forEach(
        (domain, well) -> {
          if (--well.holders == 0) well.release.armIn(RELEASE_DELAY_NANOS);
        });
  }

  /** Lets all wells sleep at once. */
  public void sleep() {
    wells.forEach(this::release);
  }

  /** Makes sure that a register can be reached. */
  void touch(int registerOffset) {
    ForcewakeDomain domain = ForcewakeDomain.of(registerOffset).orElse(null);
    Well well = domain == null ? null : wells.get(domain);
    if (well == null) return;
    well.touched = true;
    if (well.awake) return;
    wake(domain, well);
    well.release.armIn(RELEASE_DELAY_NANOS);
  }

  private void wake(ForcewakeDomain domain, Well well) {
    if (well.awake) return;
    well.awake = true;
    if (handshake(domain, KERNEL)) return;
    boolean acknowledged = handshake(domain, FALLBACK);
    function.writeRegister(domain.requestRegister(), Masked.clear(FALLBACK));
    if (!acknowledged || !pollAck(domain, KERNEL, KERNEL)) {
      String name = domain.name().toLowerCase(Locale.ROOT);
      log.error(name + ": timed out waiting for forcewake ack request.");
    }
  }

  private boolean handshake(ForcewakeDomain domain, int bit) {
    boolean wasClear = pollAck(domain, bit, 0);
    function.writeRegister(domain.requestRegister(), Masked.set(bit));
    return pollAck(domain, bit, bit) && wasClear;
  }

  private boolean pollAck(ForcewakeDomain domain, int mask, int value) {
    long deadlineNanos = cpu.clock().nowNanos() + ACK_TIMEOUT_NANOS;
    while ((function.readRegister(domain.ackRegister()) & mask) != value) {
      if (cpu.clock().nowNanos() >= deadlineNanos) return false;
      cpu.clock().charge(POLL_INTERVAL_NANOS);
    }
    return true;
  }

  private void releaseUnlessTouched(ForcewakeDomain domain, Well well) {
    if (well.touched) {
      well.touched = false;
      well.release.armIn(RELEASE_DELAY_NANOS);
    } else if (well.holders == 0) {
      release(domain, well);
    }
  }

  private void release(ForcewakeDomain domain, Well well) {
    well.release.cancel();
    if (!well.awake) return;
    well.awake = false;
    function.writeRegister(domain.requestRegister(), Masked.clear(KERNEL));
  }
}

package dev.systole.gpu.power;

import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.fault.FaultTarget;
import dev.systole.gpu.injection.FaultInjector;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import dev.systole.spec.gen12.RingRegisters;
import java.util.List;

/**
 * The forcewake handshake (i915-kernel.md 5.4): a masked write asks, the acknowledge register
 * follows a little later, or when the GT has left RC6. While a well sleeps its registers read as
 * zero and ignore writes.
 */
public final class Forcewake implements Part, RegisterBlock {
  /** From the request to the acknowledge. */
  private static final long ACK_NANOS = 5_000;

  private static final int MASK_HALF = 0xffff0000;

  private static final List<ForcewakeDomain> DOMAINS = List.of(ForcewakeDomain.values());
  private static final List<Engine> ENGINES = List.of(Engine.values());

  private final PagedMemory registers;
  private final Schedule schedule;
  private final GtPower power;
  private final FaultInjector faults;

  /** A handshake of the domains whose requests and acknowledges {@code registers} hold. */
  public Forcewake(PagedMemory registers, Schedule schedule, GtPower power, FaultInjector faults) {
    this.registers = registers;
    this.schedule = schedule;
    this.power = power;
    this.faults = faults;
  }

  /** The request registers, which are this part's. */
  public static int[] claimed() {
    return DOMAINS.stream().mapToInt(ForcewakeDomain::requestRegister).toArray();
  }

  @Override
  public int read(int offset) {
    return registers.load32(offset);
  }

  @Override
  public void write(int offset, int value) {
    int mask = value >>> 16;
    int bits = registers.load32(offset) & ~mask | value & mask;
    registers.store32(offset, MASK_HALF | bits & 0xffff);
    boolean asks = (value & mask) != 0;
    long wakeNanos = asks ? power.holdWells() : 0;
    for (ForcewakeDomain domain : DOMAINS) {
      if (domain.requestRegister() != offset) continue;
      if (asks && faults.strike(FaultKind.FORCEWAKE, FaultTarget.of(domain)) != null) continue;
      schedule.after(wakeNanos + ACK_NANOS, domain.ordinal());
    }
  }

  @Override
  public boolean isEvent(int argument) {
    return argument >= 0 && argument < DOMAINS.size();
  }

  /** The acknowledge of a domain follows its request. */
  @Override
  public void event(int domainOrdinal) {
    ForcewakeDomain domain = DOMAINS.get(domainOrdinal);
    registers.store32(domain.ackRegister(), registers.load32(domain.requestRegister()) & 0xffff);
    if (!isHeld()) power.releaseWells();
  }

  /** Each bit of a request is a client of its own; one of them is enough. */
  private boolean isHeld() {
    int bits = 0;
    for (ForcewakeDomain domain : DOMAINS) {
      bits |= registers.load32(domain.requestRegister()) | registers.load32(domain.ackRegister());
    }
    return (bits & 0xffff) != 0;
  }

  /** Whether the register at {@code offset} can be read. */
  public boolean readable(int offset) {
    var domain = ForcewakeDomain.of(offset);
    return domain.isEmpty() || registers.load32(domain.get().ackRegister()) != 0;
  }

  /** Whether the register at {@code offset} can be written: some are shadowed and always can. */
  public boolean writable(int offset) {
    return isShadowed(offset) || readable(offset);
  }

  private static boolean isShadowed(int offset) {
    if (offset >= 0xa000 && offset < 0xa600) {
      return offset == 0xa008
          || offset == 0xa00c
          || offset == 0xa188
          || offset == 0xa278
          || offset >= 0xa540 && offset <= 0xa56c;
    }
    if (offset == 0xc4c8 || offset == 0xc4d4 || offset == 0xc600) return true;
    for (Engine engine : ENGINES) {
      int own = offset - engine.mmioBase();
      if (own == RingRegisters.RING_TAIL) return true;
      if (own >= RingRegisters.RING_EXECLIST_SQ_CONTENTS_LO
          && own <= RingRegisters.RING_EXECLIST_CONTROL) return true;
    }
    return false;
  }
}

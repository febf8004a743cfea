package dev.systole.gpu.interrupt;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultKey;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.fault.FaultTarget;
import dev.systole.gpu.injection.FaultInjector;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;
import dev.systole.spec.gen12.RingRegisters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The interrupts of gen11 and later (i915-kernel.md 5.3): sources latch into one bit each of two
 * GT_INTR_DW registers; software selects a bit, reads what happened from the identity register and
 * acknowledges. The line to the CPU is an MSI: one message when something becomes pending under an
 * enabled master.
 */
public final class InterruptController implements Part, RegisterBlock {
  private static final int BANKS = 2;
  private static final int REGISTER_BYTES = Integer.BYTES;
  private static final int SOURCES = 32;

  /** The GT's power manager in an identity (i915: OTHER_CLASS, OTHER_GTPM_INSTANCE). */
  private static final int POWER_MANAGER =
      4 << INTR_IDENTITY_REG_ENGINE_CLASS_SHIFT | 1 << INTR_IDENTITY_REG_ENGINE_INSTANCE_SHIFT;

  private static final int POWER_MANAGER_BIT = Integer.numberOfTrailingZeros(GT_INTR_DW0_GTPM);
  private static final int NOBODY = -1;

  /** For every bit of the banks the class and instance that an identity has. */
  private static final int[] IDENTITIES = identities();

  private static final int EVENT_ENGINE_SHIFT = 16;
  private static final int EVENT_BITS_MASK = 0xffff;

  /** How late an interrupt is when a fault does not say. */
  private static final long DELAY_OTHERWISE_NANOS = 10_000_000;

  private static final List<Engine> ENGINES = List.of(Engine.values());

  private final PagedMemory registers;
  private final Schedule schedule;
  private final FaultInjector faults;
  private final Runnable message;

  private final int[] pendingBits = new int[BANKS * SOURCES];
  private final int[] sources = new int[BANKS];
  private final int[] identities = new int[BANKS];

  /** Bits of the master register that other parts hold up. */
  private int levels;

  private boolean masterEnabled;

  /**
   * @param registers that hold enables and masks
   * @param message sends the MSI
   */
  public InterruptController(
      PagedMemory registers, Schedule schedule, FaultInjector faults, Runnable message) {
    this.registers = registers;
    this.schedule = schedule;
    this.faults = faults;
    this.message = message;
    faults.whenStruck(FaultKind.SPURIOUS_IRQ, this::raiseSpuriously);
    maskAll();
  }

  private void maskAll() {
    for (int offset = RCS0_RSVD_INTR_MASK;
        offset <= CCS2_CCS3_INTR_MASK;
        offset += REGISTER_BYTES) {
      registers.store32(offset, -1);
    }
  }

  /** Something happened in an engine, as bits of an identity; what is masked is lost. */
  public void raise(Engine engine, int bits) {
    int seen = bits & enabled(engine) & ~masked(engine);
    if (seen != 0 && !isStruck(engine, seen)) latch(engine, seen);
  }

  /** Whether a fault keeps an interrupt back, for ever or for some time. */
  private boolean isStruck(Engine engine, int bits) {
    if (faults.strike(FaultKind.LOST_IRQ, FaultTarget.of(engine)) != null) return true;
    Fault late = faults.strike(FaultKind.LATE_IRQ, FaultTarget.of(engine));
    if (late == null) return false;
    long delayNanos = late.value(FaultKey.DELAY, DELAY_OTHERWISE_NANOS);
    schedule.after(delayNanos, engine.ordinal() << EVENT_ENGINE_SHIFT | bits);
    return true;
  }

  @Override
  public boolean isEvent(int argument) {
    return argument >= 0 && argument >>> EVENT_ENGINE_SHIFT < ENGINES.size();
  }

  /** An interrupt that a fault has delayed. */
  @Override
  public void event(int argument) {
    latch(ENGINES.get(argument >>> EVENT_ENGINE_SHIFT), argument & EVENT_BITS_MASK);
  }

  private void raiseSpuriously(Fault fault) {
    Optional<Engine> engine = fault.target().flatMap(FaultTarget::engine);
    if (engine.isPresent()) latch(engine.get(), RingRegisters.RING_IMR_USER_INTERRUPT);
    else message.run();
  }

  private void latch(Engine engine, int bits) {
    latch(engine.interruptBank(), engine.interruptBit(), bits);
  }

  /** The GT's power manager has something to tell, as bits of an identity. */
  public void raisePowerManagement(int bits) {
    int enabled = registers.load32(GPM_WGBOXPERF_INTR_ENABLE);
    int masked = registers.load32(GPM_WGBOXPERF_INTR_MASK);
    latch(0, POWER_MANAGER_BIT, bits & (enabled & ~masked) >>> 16);
  }

  private void latch(int bank, int bit, int seen) {
    if (seen == 0) return;
    pendingBits[bank * SOURCES + bit] |= seen;
    boolean news = pending() == 0;
    sources[bank] |= 1 << bit;
    if (news && masterEnabled) message.run();
  }

  /**
   * Another part has something to tell, or no longer: its bits of the master register follow.
   *
   * @param masterBits as GFX_MSTR_IRQ_DISPLAY
   */
  public void setLevel(int masterBits, boolean isPending) {
    boolean news = isPending && pending() == 0;
    levels = isPending ? levels | masterBits : levels & ~masterBits;
    if (news && masterEnabled) message.run();
  }

  /** The bits of the master register that say who has something to tell. */
  private int pending() {
    return levels
        | (sources[0] != 0 ? GFX_MSTR_IRQ_GT_DW0 : 0)
        | (sources[1] != 0 ? GFX_MSTR_IRQ_GT_DW1 : 0);
  }

  /** Render and the first of a pair have the high half of their enable register, others the low. */
  private int enabled(Engine engine) {
    return switch (engine.engineClass()) {
      case RENDER -> registers.load32(RENDER_COPY_INTR_ENABLE) >>> 16;
      case COPY -> registers.load32(RENDER_COPY_INTR_ENABLE) & 0xffff;
      case VIDEO -> registers.load32(VCS_VECS_INTR_ENABLE) >>> 16;
      case VIDEO_ENHANCE -> registers.load32(VCS_VECS_INTR_ENABLE) & 0xffff;
      case COMPUTE -> registers.load32(CCS_RSVD_INTR_ENABLE) >>> 16;
    };
  }

  private int masked(Engine engine) {
    int register =
        switch (engine) {
          case RCS0 -> RCS0_RSVD_INTR_MASK;
          case BCS0 -> BCS_RSVD_INTR_MASK;
          case VCS0 -> VCS0_VCS1_INTR_MASK;
          case VCS1 -> VCS2_VCS3_INTR_MASK;
          case VECS0 -> VECS0_VECS1_INTR_MASK;
          case CCS0 -> CCS0_CCS1_INTR_MASK;
        };
    return registers.load32(register) >>> 16;
  }

  /** The registers whose access has an effect, which are this part's. */
  public static int[] claimed() {
    return new int[] {
      GFX_MSTR_IRQ,
      GT_INTR_DW0,
      GT_INTR_DW1,
      INTR_IDENTITY_REG,
      INTR_IDENTITY_REG + REGISTER_BYTES,
      IIR_REG_SELECTOR,
      IIR_REG_SELECTOR + REGISTER_BYTES
    };
  }

  private static boolean isIn(int offset, int firstOfTwo) {
    return offset == firstOfTwo || offset == firstOfTwo + REGISTER_BYTES;
  }

  @Override
  public int read(int offset) {
    return switch (offset) {
      case GFX_MSTR_IRQ -> pending() | (masterEnabled ? GFX_MSTR_IRQ_MASTER_ENABLE : 0);
      case GT_INTR_DW0 -> sources[0];
      case GT_INTR_DW1 -> sources[1];
      default -> isIn(offset, INTR_IDENTITY_REG) ? identities[bank(offset)] : 0;
    };
  }

  @Override
  public void write(int offset, int value) {
    switch (offset) {
      case GFX_MSTR_IRQ -> enableMaster((value & GFX_MSTR_IRQ_MASTER_ENABLE) != 0);
      case GT_INTR_DW0 -> clearSources(0, value);
      case GT_INTR_DW1 -> clearSources(1, value);
      default -> {
        if (isIn(offset, IIR_REG_SELECTOR)) select(bank(offset), value);
        else if ((value & INTR_IDENTITY_REG_VALID) != 0) identities[bank(offset)] = 0;
      }
    }
  }

  private static int bank(int offset) {
    return (offset & REGISTER_BYTES) == 0 ? 0 : 1;
  }

  private void enableMaster(boolean enabled) {
    boolean rises = enabled && !masterEnabled;
    masterEnabled = enabled;
    if (rises && pending() != 0) message.run();
  }

  /** What happened after the identity was read keeps its bit. */
  private void clearSources(int bank, int bits) {
    sources[bank] &= ~bits;
    for (int bit = 0; bit < SOURCES; bit++) {
      if (pendingBits[bank * SOURCES + bit] != 0) sources[bank] |= 1 << bit;
    }
  }

  private void select(int bank, int selector) {
    if (Integer.bitCount(selector) != 1) return;
    int bit = Integer.numberOfTrailingZeros(selector);
    int bits = pendingBits[bank * SOURCES + bit];
    int identity = IDENTITIES[bank * SOURCES + bit];
    if (bits == 0 || identity == NOBODY) return;
    pendingBits[bank * SOURCES + bit] = 0;
    identities[bank] = INTR_IDENTITY_REG_VALID | identity | bits;
  }

  private static int[] identities() {
    int[] identities = new int[BANKS * SOURCES];
    Arrays.fill(identities, NOBODY);
    identities[POWER_MANAGER_BIT] = POWER_MANAGER;
    for (Engine engine : Engine.values()) {
      identities[engine.interruptBank() * SOURCES + engine.interruptBit()] =
          engine.hardwareInstance() << INTR_IDENTITY_REG_ENGINE_INSTANCE_SHIFT
              | engine.engineClass().hardwareClass() << INTR_IDENTITY_REG_ENGINE_CLASS_SHIFT;
    }
    return identities;
  }

  @Override
  public void reset() {
    Arrays.fill(pendingBits, 0);
    Arrays.fill(sources, 0);
    Arrays.fill(identities, 0);
    levels = 0;
    masterEnabled = false;
    maskAll();
  }

  @Override
  public void save(StateSink sink) {
    sink.putInts(pendingBits);
    sink.putInts(sources);
    sink.putInts(identities);
    sink.putInt(levels);
    sink.putBoolean(masterEnabled);
  }

  @Override
  public void restore(StateSource source) {
    source.takeInts(pendingBits);
    source.takeInts(sources);
    source.takeInts(identities);
    levels = source.takeInt();
    masterEnabled = source.takeBoolean();
  }
}

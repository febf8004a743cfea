package dev.systole.gpu.iommu;

import static dev.systole.spec.gen12.DmaRemapping.*;

import dev.systole.gpu.memory.DmaTranslation;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * The remapping unit of one function, with the registers through which software programs it. Its
 * commands are done at once: the bits that ask for them have cleared themselves.
 */
public final class RemappingUnit implements Part, RegisterBlock, DmaTranslation {
  /** The unit's registers fill a page. */
  private static final int BYTES = 4096;

  private static final int DWORD_MASK = ~3;
  private static final int VERSION = 4 << DMAR_VER_REG_MAJOR_SHIFT;
  private static final int GUEST_ADDRESS_BITS = 48;
  private static final int OFFSET_UNIT_BYTES = 16;
  private static final int ADDRESS_MASK_MAX = 18;

  private static final int CAPABILITY =
      DMAR_CAP_REG_DOMAINS__256
          | DMAR_CAP_REG_ADJUSTED_GUEST_ADDRESS_WIDTHS__4_LEVELS
          | GUEST_ADDRESS_BITS - 1 << DMAR_CAP_REG_GUEST_ADDRESS_WIDTH_SHIFT
          | DMAR_FRCD_REG / OFFSET_UNIT_BYTES << DMAR_CAP_REG_FAULT_RECORDING_OFFSET_SHIFT;

  private static final int CAPABILITY_HIGH =
      DMAR_CAP_REG_LARGE_PAGES__2_MIB_AND_1_GIB
          | DMAR_CAP_REG_PAGE_SELECTIVE_INVALIDATION
          | ADDRESS_MASK_MAX << DMAR_CAP_REG_ADDRESS_MASK_SHIFT;

  private static final int EXTENDED_CAPABILITY =
      DMAR_ECAP_REG_COHERENT
          | DMAR_ECAP_REG_PASS_THROUGH
          | DMAR_IVA_REG / OFFSET_UNIT_BYTES << DMAR_ECAP_REG_IOTLB_OFFSET_SHIFT;

  private final PagedMemory memory;
  private final Runnable changed;
  private final ContextCache context;
  private final Iotlb iotlb = new Iotlb();
  private final FaultLog faults;

  private int status;
  private long rootTableRegister;

  /** What SRTP has taken over from the register. */
  private long rootTable;

  private long contextCommand;
  private long invalidateAddress;
  private long iotlbCommand;
  private final int[] eventMessage = new int[3];

  /**
   * A unit that lets everything pass.
   *
   * @param memory system memory, with the unit's tables
   * @param sourceId of the function
   * @param changed is run when an access may go elsewhere from now on
   * @param faultEvent interrupts the CPU
   */
  public RemappingUnit(PagedMemory memory, int sourceId, Runnable changed, Runnable faultEvent) {
    this.memory = memory;
    this.changed = changed;
    context = new ContextCache(memory, sourceId);
    faults = new FaultLog(sourceId, faultEvent);
  }

  // ---- translating

  @Override
  public boolean enabled() {
    return (status & DMAR_GSTS_REG_TRANSLATION_ENABLED) != 0;
  }

  @Override
  public long translate(long busAddress, boolean write) {
    int reason = context.load(rootTable);
    if (reason != 0) return blocked(reason, busAddress, write);
    if (context.passesThrough()) return busAddress;
    long inPage = busAddress & BYTES - 1;
    long target = iotlb.find(context.domain(), busAddress);
    if (target == Iotlb.UNKNOWN || !Iotlb.permits(target, write)) {
      target = SecondLevelTable.walk(memory, context.pageTable(), busAddress, write);
      if (target < 0) return blocked((int) ~target, busAddress, write);
      iotlb.keep(context.domain(), busAddress, target);
    }
    return target & SecondLevelTable.ADDRESS_MASK | inPage;
  }

  private long blocked(int reason, long address, boolean write) {
    if (!context.hidesFaults()) faults.add(reason, address, write);
    return BLOCKED;
  }

  // ---- registers

  /** The dword at an offset in the unit's page. */
  @Override
  public int read(int offset) {
    if (offset < 0 || offset >= BYTES) return -1;
    int at = offset & DWORD_MASK;
    return switch (at) {
      case DMAR_VER_REG -> VERSION;
      case DMAR_CAP_REG -> CAPABILITY;
      case DMAR_CAP_REG + 4 -> CAPABILITY_HIGH;
      case DMAR_ECAP_REG -> EXTENDED_CAPABILITY;
      case DMAR_GSTS_REG -> status;
      case DMAR_RTADDR_REG -> (int) rootTableRegister;
      case DMAR_RTADDR_REG + 4 -> (int) (rootTableRegister >>> 32);
      case DMAR_CCMD_REG -> (int) contextCommand;
      case DMAR_CCMD_REG + 4 -> (int) (contextCommand >>> 32);
      case DMAR_FSTS_REG -> faults.status();
      case DMAR_FECTL_REG -> faults.control();
      case DMAR_FEDATA_REG, DMAR_FEADDR_REG, DMAR_FEUADDR_REG ->
          eventMessage[(at - DMAR_FEDATA_REG) / Integer.BYTES];
      case DMAR_FRCD_REG, DMAR_FRCD_REG + 4, DMAR_FRCD_REG + 8, DMAR_FRCD_REG + 12 ->
          faults.record((at - DMAR_FRCD_REG) / Integer.BYTES);
      case DMAR_IVA_REG -> (int) invalidateAddress;
      case DMAR_IVA_REG + 4 -> (int) (invalidateAddress >>> 32);
      case DMAR_IOTLB_REG -> (int) iotlbCommand;
      case DMAR_IOTLB_REG + 4 -> (int) (iotlbCommand >>> 32);
      default -> 0;
    };
  }

  /** Writes the dword at an offset; a register of 64 bits acts when its upper half is written. */
  @Override
  public void write(int offset, int value) {
    int at = offset & DWORD_MASK;
    switch (at) {
      case DMAR_GCMD_REG -> command(value);
      case DMAR_RTADDR_REG -> rootTableRegister = withLow(rootTableRegister, value);
      case DMAR_RTADDR_REG + 4 -> rootTableRegister = withHigh(rootTableRegister, value);
      case DMAR_CCMD_REG -> contextCommand = withLow(contextCommand, value);
      case DMAR_CCMD_REG + 4 -> invalidateContext(value);
      case DMAR_FSTS_REG -> faults.writeStatus(value);
      case DMAR_FECTL_REG -> faults.writeControl(value);
      case DMAR_FEDATA_REG, DMAR_FEADDR_REG, DMAR_FEUADDR_REG ->
          eventMessage[(at - DMAR_FEDATA_REG) / Integer.BYTES] = value;
      case DMAR_FRCD_REG + 12 -> faults.writeRecord(3, value);
      case DMAR_IVA_REG -> invalidateAddress = withLow(invalidateAddress, value);
      case DMAR_IVA_REG + 4 -> invalidateAddress = withHigh(invalidateAddress, value);
      case DMAR_IOTLB_REG -> iotlbCommand = withLow(iotlbCommand, value);
      case DMAR_IOTLB_REG + 4 -> invalidateIotlb(value);
      default -> {}
    }
  }

  private static long withLow(long value, int low) {
    return value & 0xffffffff_00000000L | low & 0xffffffffL;
  }

  private static long withHigh(long value, int high) {
    return value & 0xffffffffL | (long) high << 32;
  }

  private void command(int value) {
    if ((value & DMAR_GCMD_REG_SET_ROOT_TABLE_POINTER) != 0) {
      rootTable = rootTableRegister & SecondLevelTable.ADDRESS_MASK;
      status |= DMAR_GSTS_REG_ROOT_TABLE_POINTER;
    }
    boolean enable = (value & DMAR_GCMD_REG_TRANSLATION_ENABLE) != 0;
    status =
        enable
            ? status | DMAR_GSTS_REG_TRANSLATION_ENABLED
            : status & ~DMAR_GSTS_REG_TRANSLATION_ENABLED;
    changed.run();
  }

  private void invalidateContext(int high) {
    contextCommand = withHigh(contextCommand, high);
    if ((high & DMAR_CCMD_REG_INVALIDATE) == 0) return;
    int low = (int) contextCommand;
    int granularity = high & DMAR_CCMD_REG_GRANULARITY_MASK;
    switch (granularity) {
      case DMAR_CCMD_REG_GRANULARITY_DOMAIN ->
          context.invalidateDomain(low & DMAR_CCMD_REG_DOMAIN_MASK);
      case DMAR_CCMD_REG_GRANULARITY_DEVICE ->
          context.invalidateDevice(
              low >>> DMAR_CCMD_REG_SOURCE_ID_SHIFT, high & DMAR_CCMD_REG_FUNCTION_MASK_MASK);
      default -> context.invalidate();
    }
    int actual =
        granularity >>> DMAR_CCMD_REG_GRANULARITY_SHIFT << DMAR_CCMD_REG_ACTUAL_GRANULARITY_SHIFT;
    int others = high & ~(DMAR_CCMD_REG_INVALIDATE | DMAR_CCMD_REG_ACTUAL_GRANULARITY_MASK);
    contextCommand = withHigh(contextCommand, others | actual);
    changed.run();
  }

  private void invalidateIotlb(int high) {
    iotlbCommand = withHigh(iotlbCommand, high);
    if ((high & DMAR_IOTLB_REG_INVALIDATE) == 0) return;
    int domain = high & DMAR_IOTLB_REG_DOMAIN_MASK;
    int granularity = high & DMAR_IOTLB_REG_GRANULARITY_MASK;
    switch (granularity) {
      case DMAR_IOTLB_REG_GRANULARITY_DOMAIN -> iotlb.invalidate(domain);
      case DMAR_IOTLB_REG_GRANULARITY_PAGE ->
          iotlb.invalidate(
              domain, invalidateAddress, (int) invalidateAddress & DMAR_IVA_REG_ADDRESS_MASK_MASK);
      default -> iotlb.invalidate();
    }
    int actual =
        granularity >>> DMAR_IOTLB_REG_GRANULARITY_SHIFT << DMAR_IOTLB_REG_ACTUAL_GRANULARITY_SHIFT;
    int others = high & ~(DMAR_IOTLB_REG_INVALIDATE | DMAR_IOTLB_REG_ACTUAL_GRANULARITY_MASK);
    iotlbCommand = withHigh(iotlbCommand, others | actual);
    changed.run();
  }

  // ---- saving

  @Override
  public void save(StateSink sink) {
    sink.putInt(status);
    sink.putLong(rootTableRegister);
    sink.putLong(rootTable);
    sink.putLong(contextCommand);
    sink.putLong(invalidateAddress);
    sink.putLong(iotlbCommand);
    sink.putInts(eventMessage);
    context.save(sink);
    iotlb.save(sink);
    faults.save(sink);
  }

  @Override
  public void restore(StateSource source) {
    status = source.takeInt();
    rootTableRegister = source.takeLong();
    rootTable = source.takeLong() & SecondLevelTable.ADDRESS_MASK;
    contextCommand = source.takeLong();
    invalidateAddress = source.takeLong();
    iotlbCommand = source.takeLong();
    source.takeInts(eventMessage);
    context.restore(source);
    iotlb.restore(source);
    faults.restore(source);
  }
}

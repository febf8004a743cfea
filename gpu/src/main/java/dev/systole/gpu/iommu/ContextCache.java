package dev.systole.gpu.iommu;

import static dev.systole.spec.gen12.DmaRemapping.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/** The context entry of the function: read when it is needed, kept until it is invalidated. */
final class ContextCache {
  private static final int ENTRY_BYTES = 16;
  private static final int UPPER_HALF = 8;

  private final PagedMemory memory;
  private final int sourceId;
  private boolean known;
  private long low;
  private int high;

  ContextCache(PagedMemory memory, int sourceId) {
    this.memory = memory;
    this.sourceId = sourceId;
  }

  /**
   * Makes the entry known.
   *
   * @return 0, or the reason of the fault
   */
  int load(long rootTable) {
    if (known) return 0;
    int reason = lookUp(rootTable);
    known = reason == 0;
    return reason;
  }

  private int lookUp(long rootTable) {
    low = 0;
    high = 0;
    long rootAt = rootTable + (sourceId >>> 8) * ENTRY_BYTES;
    if (!SecondLevelTable.reachable(memory, rootAt)) {
      return DMAR_FRCD_REG_REASON_ROOT_TABLE_UNREACHABLE;
    }
    long root = memory.load64(rootAt);
    if ((root & DMAR_ROOT_ENTRY_PRESENT) == 0) return DMAR_FRCD_REG_REASON_ROOT_ENTRY_NOT_PRESENT;
    long at = (root & SecondLevelTable.ADDRESS_MASK) + (sourceId & 0xff) * ENTRY_BYTES;
    if (!SecondLevelTable.reachable(memory, at)) {
      return DMAR_FRCD_REG_REASON_CONTEXT_TABLE_UNREACHABLE;
    }
    low = memory.load64(at);
    high = memory.load32(at + UPPER_HALF);
    if ((low & DMAR_CONTEXT_ENTRY_PRESENT) == 0) {
      return DMAR_FRCD_REG_REASON_CONTEXT_ENTRY_NOT_PRESENT;
    }
    int width = high & DMAR_CONTEXT_ENTRY_ADDRESS_WIDTH_MASK;
    boolean valid = passesThrough() || isTranslated();
    return valid && width == DMAR_CONTEXT_ENTRY_ADDRESS_WIDTH__4_LEVELS
        ? 0
        : DMAR_FRCD_REG_REASON_CONTEXT_ENTRY_INVALID;
  }

  private int type() {
    return (int) low & DMAR_CONTEXT_ENTRY_TRANSLATION_TYPE_MASK;
  }

  private boolean isTranslated() {
    return type() == DMAR_CONTEXT_ENTRY_TRANSLATION_TYPE_TRANSLATED;
  }

  /** Whether addresses of the function are those of memory. */
  boolean passesThrough() {
    return type() == DMAR_CONTEXT_ENTRY_TRANSLATION_TYPE_PASS_THROUGH;
  }

  /** Whether faults are not recorded. */
  boolean hidesFaults() {
    return (low & DMAR_CONTEXT_ENTRY_FAULT_PROCESSING_DISABLE) != 0;
  }

  long pageTable() {
    return low & SecondLevelTable.ADDRESS_MASK;
  }

  int domain() {
    return (high & DMAR_CONTEXT_ENTRY_DOMAIN_MASK) >>> DMAR_CONTEXT_ENTRY_DOMAIN_SHIFT;
  }

  void invalidate() {
    known = false;
  }

  /** Forgets the entry if it is that of the domain. */
  void invalidateDomain(int domain) {
    if (domain == domain()) known = false;
  }

  /** Forgets the entry if it is that of one of the functions that differ in the masked bits. */
  void invalidateDevice(int source, int functionMask) {
    if (((source ^ sourceId) & ~((1 << functionMask) - 1)) == 0) known = false;
  }

  void save(StateSink sink) {
    sink.putBoolean(known);
    sink.putLong(low);
    sink.putInt(high);
  }

  void restore(StateSource source) {
    known = source.takeBoolean();
    low = source.takeLong();
    high = source.takeInt();
  }
}

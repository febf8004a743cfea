package dev.systole.driver.core.mm;

import static dev.systole.spec.gen12.GtRegisters.GFX_FLSH_CNTL;
import static dev.systole.spec.gen12.GtRegisters.GFX_FLSH_CNTL_INVALIDATE;
import static dev.systole.spec.gen12.PageTableStructures.GGTT_ENTRY_PRESENT;

import dev.systole.driver.core.DeviceException;
import dev.systole.driver.core.SystemMemory;
import dev.systole.gpu.pci.PciFunction;
import java.util.ArrayDeque;
import java.util.TreeMap;

/**
 * The global translation table (i915-kernel.md 6.2). Every range is followed by a guard page that
 * leads to scratch, since engines fetch ahead.
 *
 * <p>i915 fills the whole table with scratch entries when it loads, a million equal writes; here an
 * entry is written when its address is first given out. What was never given out stays as firmware
 * left it: not present.
 */
public final class Ggtt {
  /** BAR 0: registers up to here, then the table's entries. */
  private static final int ENTRIES_OFFSET_BYTES = 8 << 20;

  /** Below lies what the GuC's firmware keeps for itself (WOPCM). */
  private static final int LOW_ADDRESS = 0x0020_0000;

  /** From here on addresses belong to the GuC (GUC_GGTT_TOP); unsigned. */
  private static final int TOP_ADDRESS = 0xfee0_0000;

  private static final int GUARD_PAGES = 1;

  private final PciFunction function;
  private final SystemMemory memory;
  private final long scratchEntry;
  private final TreeMap<Integer, ArrayDeque<Integer>> freeAddresses = new TreeMap<>();
  private int nextLow = LOW_ADDRESS;
  private int nextHigh = TOP_ADDRESS;

  /** The table of {@code function}; allocates its scratch page. */
  public Ggtt(PciFunction function, SystemMemory memory) {
    this.function = function;
    this.memory = memory;
    this.scratchEntry = memory.allocatePages(1) | GGTT_ENTRY_PRESENT;
  }

  /** New zeroed pages at a low address. */
  public GgttRange allocate(int pages) {
    ArrayDeque<Integer> reusable = freeAddresses.get(pages);
    int address;
    if (reusable != null && !reusable.isEmpty()) {
      address = reusable.pop();
    } else {
      address = nextLow;
      nextLow += (pages + GUARD_PAGES) * SystemMemory.PAGE_BYTES;
      if (Integer.compareUnsigned(nextLow, nextHigh) > 0) throw new DeviceException("GGTT is full");
    }
    return map(address, pages);
  }

  /** New zeroed pages below the GuC's region, where status pages go. */
  public GgttRange allocateHigh(int pages) {
    nextHigh -= (pages + GUARD_PAGES) * SystemMemory.PAGE_BYTES;
    if (Integer.compareUnsigned(nextLow, nextHigh) > 0) throw new DeviceException("GGTT is full");
    return map(nextHigh, pages);
  }

  /** Gives back a range of {@link #allocate}; its entries lead to scratch again. */
  public void free(GgttRange range) {
    for (int page = 0; page < range.pages(); page++) {
      writeEntry(range.ggttAddress() + page * SystemMemory.PAGE_BYTES, scratchEntry);
    }
    invalidate();
    memory.freePages(range.busAddress(), range.pages());
    freeAddresses
        .computeIfAbsent(range.pages(), pages -> new ArrayDeque<>())
        .push(range.ggttAddress());
  }

  private GgttRange map(int address, int pages) {
    var range = new GgttRange(memory, address, memory.allocatePages(pages), pages);
    for (int page = 0; page < pages; page++) {
      int offset = page * SystemMemory.PAGE_BYTES;
      writeEntry(address + offset, (range.busAddress() + offset) | GGTT_ENTRY_PRESENT);
    }
    writeEntry(address + range.lengthBytes(), scratchEntry);
    invalidate();
    return range;
  }

  private void writeEntry(int address, long entry) {
    int index = address >>> 12;
    function.writeRegister64(ENTRIES_OFFSET_BYTES + index * Long.BYTES, entry);
  }

  private void invalidate() {
    function.writeRegister(GFX_FLSH_CNTL, GFX_FLSH_CNTL_INVALIDATE);
  }
}

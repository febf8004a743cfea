package dev.systole.bridge.errorstate;

import dev.systole.errorstate.AddressRange;
import dev.systole.errorstate.Bytes;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.gen12.PageTableStructures;

/** Builds the page tables of a context (i915-kernel.md 6.1) and fills the memory behind them. */
final class PpgttBuilder {
  static final int PAGE_BYTES = 4096;

  private static final int PAGE_SHIFT = 12;
  private static final int LEVEL_BITS = 9;
  private static final int TABLE_ENTRIES = 1 << LEVEL_BITS;
  private static final int ROOT_SHIFT = 39;
  private static final long FRAME_MASK = 0x3fff_ffff_f000L;
  private static final long ENTRY_FLAGS =
      PageTableStructures.PAGE_TABLE_ENTRY_PRESENT | PageTableStructures.PAGE_TABLE_ENTRY_WRITABLE;

  private final PciFunction function;
  private final long root;
  private long nextFrame;

  /**
   * @param firstFrame bus address from which on memory is free
   */
  PpgttBuilder(PciFunction function, long firstFrame) {
    this.function = function;
    nextFrame = firstFrame;
    root = frame();
  }

  /** Bus address of the highest table. */
  long root() {
    return root;
  }

  private long frame() {
    long frame = nextFrame;
    nextFrame += PAGE_BYTES;
    return frame;
  }

  /** Puts bytes at an address, which need not begin a page. */
  void store(long address, Bytes bytes) {
    byte[] all = bytes.toByteArray();
    int from = 0;
    while (from < all.length) {
      int inPage = (int) (address + from) & PAGE_BYTES - 1;
      int length = Math.min(all.length - from, PAGE_BYTES - inPage);
      function.writeMemory(frameAt(address + from) + inPage, all, from, length);
      from += length;
    }
  }

  /** Maps zeroes in the table around an address, but for what is mapped or in {@code except}. */
  void mapAround(long address, AddressRange except) {
    long first = address & -(long) TABLE_ENTRIES * PAGE_BYTES;
    for (int i = 0; i < TABLE_ENTRIES; i++) {
      long page = first + (long) i * PAGE_BYTES;
      if (!except.contains(page)) frameAt(page);
    }
  }

  /** Bus address of the page at an address; it and the tables above are made when missing. */
  private long frameAt(long address) {
    long table = root;
    for (int shift = ROOT_SHIFT; shift >= PAGE_SHIFT; shift -= LEVEL_BITS) {
      long place = table + (address >>> shift & TABLE_ENTRIES - 1) * Long.BYTES;
      long entry = function.readMemory64(place);
      if (entry == 0) {
        entry = frame() | ENTRY_FLAGS;
        function.writeMemory64(place, entry);
      }
      table = entry & FRAME_MASK;
    }
    return table;
  }
}

package dev.systole.gpu.memory;

import static dev.systole.spec.gen12.PageTableStructures.*;

/**
 * The memories that a device reaches: system memory by DMA, which may be translated on its way,
 * local memory on the card, and the entries of its GGTT. A <i>place</i> is an address in one of the
 * first two as the device names it, {@link #LOCAL} telling which.
 */
public final class DeviceMemory {
  /** Added to an address of local memory; addresses have 46 bits. */
  static final long LOCAL = 1L << 46;

  /** Bits 45 to 12 of an entry. */
  static final long ADDRESS_MASK = 0x3ffffffff000L;

  /** No place. */
  static final long NOWHERE = -1;

  private static final int GGTT_BYTES = 8 << 20;
  private static final long GGTT_ADDRESS_MASK = 0xffffffffL;

  private final PagedMemory system;
  private final DmaTranslation translation;
  private final PagedMemory local;
  private final PagedMemory ggttEntries = new PagedMemory(GGTT_BYTES);
  private final Page sink = Page.sink();

  /**
   * Reaches {@code system} through {@code translation}.
   *
   * @param localBytes size of local memory, which holds zeroes; 0: there is none
   */
  public DeviceMemory(PagedMemory system, DmaTranslation translation, long localBytes) {
    this.system = system;
    this.translation = translation;
    local = new PagedMemory(localBytes);
  }

  /** System memory, as the CPU addresses it. */
  public PagedMemory system() {
    return system;
  }

  /** Local memory, from address zero. */
  public PagedMemory local() {
    return local;
  }

  /** The table of the GGTT: an entry of eight bytes for each of its pages. */
  public PagedMemory ggttEntries() {
    return ggttEntries;
  }

  /** Whether there is local memory. */
  public boolean hasLocal() {
    return local.sizeBytes() > 0;
  }

  /** Where the GGTT maps {@code address} to, or {@link #NOWHERE}. */
  long ggttPlace(long address) {
    long entry = ggttEntry(address);
    if ((entry & GGTT_ENTRY_PRESENT) == 0) return NOWHERE;
    boolean inLocal = hasLocal() && (entry & GGTT_ENTRY_LOCAL_MEMORY) != 0;
    return entry & ADDRESS_MASK | (inLocal ? LOCAL : 0);
  }

  /** The GGTT's entry of {@code address}. */
  long ggttEntry(long address) {
    return ggttEntries.load64((address & GGTT_ADDRESS_MASK) >>> Page.SHIFT << 3);
  }

  /** Writes the GGTT's entry of {@code address}; translations that are cached stay. */
  void mapGgtt(long address, long entry) {
    ggttEntries.store64((address & GGTT_ADDRESS_MASK) >>> Page.SHIFT << 3, entry);
  }

  /** The page of a GGTT address to read from, outside of any TLB; zeroes when there is none. */
  public Page readGgtt(long address) {
    long place = ggttPlace(address);
    return place < 0 ? Page.ZEROES : read(place);
  }

  /** The page of a GGTT address to write to, outside of any TLB. */
  public Page writeGgtt(long address) {
    long place = ggttPlace(address);
    return place < 0 ? sink : write(place);
  }

  /** The page at {@code place} to read from; ones when the access is blocked. */
  Page read(long place) {
    if ((place & LOCAL) != 0) return local.read(place ^ LOCAL);
    if (!translation.enabled()) return system.read(place);
    long address = translation.translate(place, false);
    return address == DmaTranslation.BLOCKED ? Page.ONES : system.read(address);
  }

  /** The page at {@code place} to write to. */
  Page write(long place) {
    if ((place & LOCAL) != 0) return local.write(place ^ LOCAL);
    if (!translation.enabled()) return system.write(place);
    long address = translation.translate(place, true);
    return address == DmaTranslation.BLOCKED ? sink : system.write(address);
  }

  /** Whether {@link #read} and {@link #write} will always give the page that they give now. */
  boolean isFixed(long place) {
    return (place & LOCAL) != 0 || !translation.enabled();
  }

  /** Asks that the next write to the page at {@code place} be noticed. */
  void watch(long place) {
    if ((place & LOCAL) != 0) {
      local.watch(place ^ LOCAL);
    } else if (!translation.enabled()) {
      system.watch(place);
    } else {
      long address = translation.translate(place, false);
      if (address != DmaTranslation.BLOCKED) system.watch(address);
    }
  }

  /** Whether a watched page was written since the last call. */
  public boolean takeWatchedPageWritten() {
    return system.takeWatchedPageWritten() | local.takeWatchedPageWritten();
  }
}

package dev.systole.gpu.memory;

import static dev.systole.spec.gen12.PageTableStructures.PAGE_TABLE_ENTRY_LOCAL_MEMORY;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_TABLE_ENTRY_PRESENT;

import dev.systole.gpu.sim.StateHash;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.function.LongUnaryOperator;

/**
 * Memory as one engine addresses it: through the global GTT, or through the page tables of the
 * running context. Translations are cached until they are invalidated, so that software that
 * forgets to do so sees stale ones.
 *
 * <p>An entry that is not present is a page fault: the read gives zeroes, the write is lost, and
 * the fault is reported. Addresses beyond memory read as ones.
 */
public final class AddressSpace {
  private static final long VIRTUAL_MASK = 0xffffffffffffL;

  private final DeviceMemory memory;
  private final PageTableLayout layout;
  private final PageFaults faults;
  private final Page sink = Page.sink();
  private final Tlb tlb = new Tlb();
  private final AuxTable aux = new AuxTable(this);
  private long root;

  /** Whether an access failed for which the engine stops, and it has not yet done so. */
  private boolean faulted;

  /**
   * @param layout of the page tables that {@link #load} names
   * @param faults is told of translations that fail
   */
  public AddressSpace(DeviceMemory memory, PageTableLayout layout, PageFaults faults) {
    this.memory = memory;
    this.layout = layout;
    this.faults = faults;
  }

  /** Goes over to the page tables with their PML4 at {@code address}. */
  public void load(long address) {
    root = address & DeviceMemory.ADDRESS_MASK;
    tlb.invalidatePpgtt();
  }

  /** The engine was reset: forgets everything. */
  public void reset() {
    faulted = false;
    invalidate();
  }

  /** Forgets every cached translation. */
  public void invalidate() {
    tlb.invalidatePpgtt();
    tlb.invalidateGgtt();
  }

  /** Forgets the cached translations of the GGTT. */
  public void invalidateGgtt() {
    tlb.invalidateGgtt();
  }

  /** Whether there was a fault, since this was asked last, for which the engine stops. */
  public boolean takeFault() {
    boolean was = faulted;
    faulted = false;
    return was;
  }

  /** Asks memory again where pages are: what stands between has changed. Translations stay. */
  public void forgetPages() {
    tlb.forgetPages();
  }

  /** The page of {@code address} to read from. */
  public Page read(long address, boolean ggtt) {
    long tag = tlb.tag(address & VIRTUAL_MASK, ggtt);
    Page page = tlb.page(tag);
    return page != null ? page : translateForRead(address, ggtt, tag);
  }

  /** The page of {@code address} to write to. */
  public Page write(long address, boolean ggtt) {
    long tag = tlb.tag(address & VIRTUAL_MASK, ggtt);
    Page page = tlb.page(tag);
    return page != null ? page : translateForWrite(address, ggtt, tag);
  }

  /** Whether {@code address} is mapped; reports a fault when it is not. */
  public boolean isMapped(long address, boolean ggtt) {
    return place(address, ggtt, tlb.tag(address & VIRTUAL_MASK, ggtt)) >= 0;
  }

  /**
   * Loads the dword at {@code address}, whose two lowest bits are ignored, as the hardware does.
   */
  public int load32(long address, boolean ggtt) {
    return read(address, ggtt).load32((int) address & Page.OFFSET_MASK & ~3);
  }

  /** Loads the qword at {@code address}, of which the lowest three bits are ignored. */
  public long load64(long address, boolean ggtt) {
    return read(address, ggtt).load64((int) address & Page.OFFSET_MASK & ~7);
  }

  public void store32(long address, boolean ggtt, int value) {
    write(address, ggtt).store32((int) address & Page.OFFSET_MASK & ~3, value);
  }

  public void store64(long address, boolean ggtt, long value) {
    write(address, ggtt).store64((int) address & Page.OFFSET_MASK & ~7, value);
  }

  /** Whether control surfaces are found through tables; those of DG2 lie at a fixed place. */
  public boolean hasAuxTables() {
    return layout != PageTableLayout.COMPACT;
  }

  /**
   * Looks up the 64 KiB of a compressed surface around {@code address}, as access to it does;
   * reports when they are not in the tables.
   *
   * @param base of the compression tables
   */
  public void lookUpAux(long base, long address) {
    int level = aux.lookUp(base, address & VIRTUAL_MASK);
    if (level != AuxTable.VALID) faults.auxFault(level);
  }

  /** Forgets what is known of the compression tables. */
  public void invalidateAux() {
    aux.invalidate();
  }

  /** Writes the GGTT's entry of {@code address}; cached translations stay. */
  public void mapGgtt(long address, long entry) {
    memory.mapGgtt(address, entry);
  }

  /** Asks that the next write to the page of {@code address} be noticed. */
  public void watch(long address, boolean ggtt) {
    long place = place(address, ggtt, tlb.tag(address & VIRTUAL_MASK, ggtt));
    if (place >= 0) memory.watch(place);
  }

  private Page translateForRead(long address, boolean ggtt, long tag) {
    long place = place(address, ggtt, tag);
    if (place < 0) return Page.ZEROES;
    Page page = memory.read(place);
    if (page.isReal() && memory.isFixed(place)) tlb.keepPage(tag, page);
    return page;
  }

  private Page translateForWrite(long address, boolean ggtt, long tag) {
    long place = place(address, ggtt, tag);
    if (place < 0) return sink;
    Page page = memory.write(place);
    if (page.isReal() && memory.isFixed(place)) tlb.keepPage(tag, page);
    return page;
  }

  /** Where the address is, or a negative number after a fault was reported. */
  private long place(long address, boolean ggtt, long tag) {
    long cached = tlb.place(tag);
    if (cached >= 0) return cached;
    long place = ggtt ? memory.ggttPlace(address) : layout.walk(memory, root, address);
    if (place >= 0) tlb.keep(tag, place);
    else faulted |= faults.pageFault(address & VIRTUAL_MASK, ggtt, (int) ~place);
    return place;
  }

  /** Faults: changes the entry that maps {@code address}, if one does, for everybody to see. */
  public void changeEntry(long address, boolean ggtt, LongUnaryOperator change) {
    if (ggtt) memory.mapGgtt(address, change.applyAsLong(memory.ggttEntry(address)));
    else changeEntry(layout.entryPlace(memory, root, address), change);
    invalidate();
  }

  private void changeEntry(long place, LongUnaryOperator change) {
    if (place < 0) return;
    Page page = memory.write(place);
    int offset = (int) place & Page.OFFSET_MASK;
    page.store64(offset, change.applyAsLong(page.load64(offset)));
  }

  /** An entry that is not present any more. */
  public static long absent(long entry) {
    return entry & ~PAGE_TABLE_ENTRY_PRESENT;
  }

  /** An entry that leads to the last bus address of all, where no memory is. */
  public static long outside(long entry) {
    return entry & ~PAGE_TABLE_ENTRY_LOCAL_MEMORY | DeviceMemory.ADDRESS_MASK;
  }

  /** A hash of what {@link #save} puts, that of translations kept up to date. */
  public long hash() {
    return StateHash.mix(root) ^ tlb.hash() ^ aux.hash();
  }

  /** Puts the root and the cached translations: stale ones are state, too. */
  public void save(StateSink target) {
    target.putLong(root);
    target.putBoolean(faulted);
    tlb.save(target);
    aux.save(target);
  }

  /** Restores what {@link #save} put. */
  public void restore(StateSource source) {
    root = source.takeLong() & DeviceMemory.ADDRESS_MASK;
    faulted = source.takeBoolean();
    tlb.restore(source);
    aux.restore(source);
  }
}

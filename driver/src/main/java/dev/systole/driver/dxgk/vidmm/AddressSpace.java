package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.ddi.GpuPhysicalAddress;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The GPU virtual addresses of a process: which are taken, by what, and the page tables. */
public final class AddressSpace {
  private static final long LOWEST_ADDRESS = 0x1_0000;
  private static final int LARGE_BYTES = 0x1_0000;
  private static final int PAGE_BYTES = 4096;

  private final PageTableTree tree;
  private final RangeAllocator free;
  private final long endAddress;
  private final TreeMap<Long, GpuMapping> mappings = new TreeMap<>();

  AddressSpace(PageTableTree tree, int virtualAddressBits) {
    this.tree = tree;
    this.endAddress = 1L << virtualAddressBits;
    this.free = new RangeAllocator(LOWEST_ADDRESS, endAddress - LOWEST_ADDRESS);
  }

  /** Place of the root page table. */
  public GpuPhysicalAddress root() {
    return tree.root();
  }

  /** How many entries the root page table has. */
  public int rootEntries() {
    return tree.entriesPerTable();
  }

  PageTableTree tree() {
    return tree;
  }

  /**
   * Takes a range: the one at {@code base}, or the lowest free one between the bounds. Empty when
   * there is none, or no room for its page tables.
   */
  OptionalLong take(long base, long minimum, long maximum, long bytes) {
    OptionalLong address = find(base, minimum, maximum, bytes);
    if (address.isEmpty() || tree.prepare(address.getAsLong(), bytes)) return address;
    free.release(address.getAsLong(), bytes);
    return OptionalLong.empty();
  }

  private OptionalLong find(long base, long minimum, long maximum, long bytes) {
    if (base != 0) return free.reserve(base, bytes) ? OptionalLong.of(base) : OptionalLong.empty();
    if (minimum < 0 || minimum > endAddress) return OptionalLong.empty();
    long alignment = bytes >= LARGE_BYTES ? LARGE_BYTES : PAGE_BYTES;
    boolean bounded = maximum > 0 && maximum < endAddress;
    return free.allocate(bytes, alignment, minimum, bounded ? maximum : endAddress);
  }

  void add(GpuMapping mapping) {
    mappings.put(mapping.address(), mapping);
  }

  void remove(GpuMapping mapping) {
    mappings.remove(mapping.address());
    free.release(mapping.address(), mapping.sizeBytes());
  }

  /** The mapping that begins at an address and has that size, or null. */
  GpuMapping mapping(long address, long bytes) {
    GpuMapping mapping = mappings.get(address);
    return mapping == null || mapping.sizeBytes() != bytes ? null : mapping;
  }
}

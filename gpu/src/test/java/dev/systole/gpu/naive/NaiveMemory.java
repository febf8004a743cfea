package dev.systole.gpu.naive;

/**
 * Memory without anything that makes it fast: bytes, and page tables that every access walks anew
 * (i915-kernel.md part 6).
 */
public final class NaiveMemory {
  private static final long NOWHERE = -1;
  private static final long ADDRESS_MASK = 0x3fff_ffff_f000L;
  private static final int PRESENT = 1;
  private static final int PAGE_SIZE_2_MIB = 1 << 7;
  private static final int PAGES_64_KIB = 1 << 11;

  private final byte[] bytes;
  private final long[] ggtt;

  /**
   * Takes over memory.
   *
   * @param bytes all of it, from bus address 0 on
   * @param ggtt the first entries of the GGTT
   */
  public NaiveMemory(byte[] bytes, long[] ggtt) {
    this.bytes = bytes;
    this.ggtt = ggtt;
  }

  /** All of it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where an address leads. */
  interface Space {
    /** The bus address, or a negative number when the address leads nowhere. */
    long translate(long address);
  }

  /** Changes an entry of the GGTT. */
  void setGgtt(int page, long entry) {
    ggtt[page] = entry;
  }

  /** The one table of all. */
  Space ggtt() {
    return address -> {
      int page = (int) (address >>> 12);
      boolean present = page < ggtt.length && (ggtt[page] & PRESENT) != 0;
      return present ? ggtt[page] & ADDRESS_MASK | address & 0xfff : NOWHERE;
    };
  }

  /** What the four levels of tables under {@code root} map. */
  Space ppgtt(long root) {
    return address -> walk(root, address & 0xffff_ffff_ffffL);
  }

  private long walk(long root, long address) {
    long pointers = entry(root, address >>> 39);
    if ((pointers & PRESENT) == 0) return NOWHERE;
    long directory = entry(pointers, address >>> 30);
    if ((directory & PRESENT) == 0) return NOWHERE;
    long table = entry(directory, address >>> 21);
    if ((table & PRESENT) == 0) return NOWHERE;
    if ((table & PAGE_SIZE_2_MIB) != 0) {
      return table & ADDRESS_MASK & -0x20_0000L | address & 0x1f_ffff;
    }
    boolean big = (table & PAGES_64_KIB) != 0;
    long page = entry(table, address >>> 12 & (big ? ~15 : ~0));
    if ((page & PRESENT) == 0) return NOWHERE;
    return big
        ? page & ADDRESS_MASK & -0x1_0000L | address & 0xffff
        : page & ADDRESS_MASK | address & 0xfff;
  }

  private long entry(long table, long index) {
    return load(bus -> bus, (table & ADDRESS_MASK) + 8 * (index & 511), 8);
  }

  /** A little-endian number; what leads nowhere reads as zero. */
  long load(Space space, long address, int sizeBytes) {
    long value = 0;
    for (int i = sizeBytes - 1; i >= 0; i--) {
      long bus = space.translate(address + i);
      value = value << 8 | (bus < 0 || bus >= bytes.length ? 0 : bytes[(int) bus] & 0xff);
    }
    return value;
  }

  int load32(Space space, long address) {
    return (int) load(space, address, 4);
  }

  /** Stores a little-endian number; what leads nowhere is lost. */
  void store(Space space, long address, int sizeBytes, long value) {
    for (int i = 0; i < sizeBytes; i++) {
      long bus = space.translate(address + i);
      if (bus >= 0 && bus < bytes.length) bytes[(int) bus] = (byte) (value >>> 8 * i);
    }
  }
}

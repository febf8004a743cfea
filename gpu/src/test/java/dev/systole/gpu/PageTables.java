package dev.systole.gpu;

/**
 * Page tables of four levels, in local memory where the part has some, else in system memory;
 * entries are present and writable.
 */
final class PageTables {
  private static final int PRESENT_WRITABLE = 3;

  private final GpuFixture fixture;
  private final long root;
  private long nextAddress = 0x1_0000_0000L;

  PageTables(GpuFixture fixture) {
    this.fixture = fixture;
    root = fixture.allocateTable();
  }

  /** Address of the PML4, as entries and contexts name it. */
  long root() {
    return root;
  }

  /** Where the CPU finds the root. */
  long rootBus() {
    return root + fixture.tableBase();
  }

  /** Maps pages to bus memory. */
  void map(long address, long bus, int pages) {
    for (int i = 0; i < pages; i++) {
      long entry = entryAddress(address + i * 4096L);
      fixture.gpu.writeMemory64(entry, bus + i * 4096L | PRESENT_WRITABLE);
    }
  }

  /** Bus address of the last level's entry; tables are made as they are needed. */
  long entryAddress(long address) {
    return entryAddress(address, 0);
  }

  /** Bus address of the entry at {@code level}: 0 page table, 1 directory, and so on. */
  long entryAddress(long address, int level) {
    long table = rootBus();
    int shift = 39;
    for (; shift > 12 + 9 * level; shift -= 9) {
      long at = table + (address >>> shift & 511) * 8;
      long entry = fixture.gpu.readMemory64(at);
      if (entry == 0) {
        entry = fixture.allocateTable() | PRESENT_WRITABLE;
        fixture.gpu.writeMemory64(at, entry);
      }
      table = fixture.tableBase() + (entry & -4096L);
    }
    return table + (address >>> shift & 511) * 8;
  }

  /** Fresh memory, mapped behind what was mapped before. */
  Buffer buffer(int pages) {
    long bus = fixture.allocate(pages);
    long address = nextAddress;
    nextAddress += (pages + 1) * 4096L;
    map(address, bus, pages);
    return new Buffer(address, bus);
  }

  /** Memory as the GPU and as the CPU address it. */
  record Buffer(long address, long bus) {
    int low() {
      return (int) address;
    }

    int high() {
      return (int) (address >>> 32);
    }
  }
}

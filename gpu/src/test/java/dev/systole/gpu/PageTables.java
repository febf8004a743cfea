package dev.systole.gpu;

/** Page tables of four levels in simulated memory; entries are present and writable. */
final class PageTables {
  private static final int PRESENT_WRITABLE = 3;

  private final GpuFixture fixture;
  private final long root;
  private long nextAddress = 0x1_0000_0000L;

  PageTables(GpuFixture fixture) {
    this.fixture = fixture;
    root = fixture.allocate(1);
  }

  /** Bus address of the PML4. */
  long root() {
    return root;
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
    return entryAddress(address, 12);
  }

  /** Bus address of the entry for 2 MiB: of a page or a table. */
  long directoryEntryAddress(long address) {
    return entryAddress(address, 21);
  }

  private long entryAddress(long address, int lastShift) {
    long table = root;
    for (int shift = 39; shift > lastShift; shift -= 9) {
      long at = table + (address >>> shift & 511) * 8;
      long entry = fixture.gpu.readMemory64(at);
      if (entry == 0) {
        entry = fixture.allocate(1) | PRESENT_WRITABLE;
        fixture.gpu.writeMemory64(at, entry);
      }
      table = entry & -4096L;
    }
    return table + (address >>> lastShift & 511) * 8;
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

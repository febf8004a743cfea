package dev.systole.gpu;

import static dev.systole.spec.gen12.DmaRemapping.*;

/**
 * A domain of the remapping unit as a kernel makes it: a root entry, a context entry, and a
 * second-level page table that maps the first 4 GiB to themselves until told otherwise.
 */
final class Domain {
  static final int READ = DMAR_PAGE_ENTRY_READ;
  static final int READ_WRITE = DMAR_PAGE_ENTRY_READ | DMAR_PAGE_ENTRY_WRITE;

  private static final int ID = 7;
  private static final int GIBIBYTES = 4;

  private final GpuFixture fixture;
  private final long rootTable;
  private final long contextTable;
  private final long pageTable;

  Domain(GpuFixture fixture, int sourceId) {
    this.fixture = fixture;
    rootTable = fixture.allocate(1);
    contextTable = fixture.allocate(1);
    pageTable = fixture.allocate(1);
    long pointers = fixture.allocate(1);
    store(rootEntry(sourceId), contextTable | DMAR_ROOT_ENTRY_PRESENT);
    store(contextEntry(sourceId), pageTable | DMAR_CONTEXT_ENTRY_PRESENT);
    long second = DMAR_CONTEXT_ENTRY_ADDRESS_WIDTH__4_LEVELS;
    store(contextEntry(sourceId) + 8, second | ID << DMAR_CONTEXT_ENTRY_DOMAIN_SHIFT);
    store(pageTable, pointers | READ_WRITE);
    for (long i = 0; i < GIBIBYTES; i++) {
      store(pointers + 8 * i, i << 30 | READ_WRITE | DMAR_PAGE_ENTRY_PAGE_SIZE);
    }
  }

  private void store(long address, long value) {
    fixture.gpu.writeMemory64(address, value);
  }

  long rootEntry(int sourceId) {
    return rootTable + (sourceId >>> 8) * 16;
  }

  long contextEntry(int sourceId) {
    return contextTable + (sourceId & 0xff) * 16;
  }

  /** Maps a page of 4 KiB; larger pages around it are split. */
  void map(long address, long target, int permissions) {
    store(entry(address, 0), target | permissions);
  }

  /** Address of the entry of a level, 3 being the highest. */
  long entry(long address, int level) {
    long table = pageTable;
    int shift = 39;
    for (; shift > 12 + 9 * level; shift -= 9) {
      long at = table + (address >>> shift & 511) * 8;
      long entry = fixture.gpu.readMemory64(at);
      if (entry == 0) {
        entry = fixture.allocate(1) | READ_WRITE;
        store(at, entry);
      } else if ((entry & DMAR_PAGE_ENTRY_PAGE_SIZE) != 0) {
        entry = split(entry, shift - 9) | READ_WRITE;
        store(at, entry);
      }
      table = entry & -4096L;
    }
    return table + (address >>> shift & 511) * 8;
  }

  private long split(long entry, int shift) {
    long table = fixture.allocate(1);
    long flags = READ_WRITE | (shift > 12 ? DMAR_PAGE_ENTRY_PAGE_SIZE : 0);
    for (long i = 0; i < 512; i++) store(table + 8 * i, (entry & -4096L) + (i << shift) | flags);
    return table;
  }

  /** Puts the device into the domain. */
  void attach() {
    write(DMAR_RTADDR_REG, (int) rootTable);
    write(DMAR_RTADDR_REG + 4, (int) (rootTable >>> 32));
    write(DMAR_GCMD_REG, DMAR_GCMD_REG_SET_ROOT_TABLE_POINTER);
    write(DMAR_GCMD_REG, DMAR_GCMD_REG_TRANSLATION_ENABLE);
  }

  void invalidatePage(long address) {
    write(DMAR_IVA_REG, (int) address);
    write(DMAR_IVA_REG + 4, (int) (address >>> 32));
    invalidateIotlb(DMAR_IOTLB_REG_GRANULARITY_PAGE, ID);
  }

  void invalidateIotlb(int granularity, int domain) {
    write(DMAR_IOTLB_REG, 0);
    write(DMAR_IOTLB_REG + 4, DMAR_IOTLB_REG_INVALIDATE | granularity | domain);
  }

  void write(int register, int value) {
    fixture.clock.charge(100);
    fixture.gpu.writeIommu(register, value);
  }

  int read(int register) {
    fixture.clock.charge(100);
    return fixture.gpu.readIommu(register);
  }
}

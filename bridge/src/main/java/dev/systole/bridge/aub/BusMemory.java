package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubPacket.MemoryWrite;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.gen12.PageTableStructures;

/** Carries out the memory writes of a recording on a device, by DMA memory and GGTT entries. */
final class BusMemory {
  /** In BAR 0, the entries of the GGTT (i915-kernel.md 6.2). */
  private static final int GGTT_OFFSET_BYTES = 8 << 20;

  private static final int GGTT_BYTES = 8 << 20;

  /** From an address to eight times its page. */
  private static final int ENTRY_OF_ADDRESS_SHIFT = 9;

  private static final long FRAME_MASK = 0x3fff_ffff_f000L;

  private final PciFunction function;
  private final long sizeBytes;
  private long lostBytes;

  /**
   * @param sizeBytes how much memory there is, from bus address zero
   */
  BusMemory(PciFunction function, long sizeBytes) {
    this.function = function;
    this.sizeBytes = sizeBytes;
  }

  /** Bytes that had no place: behind no GGTT entry, or not in this machine. */
  long lostBytes() {
    return lostBytes;
  }

  void write(MemoryWrite write) {
    byte[] bytes = write.bytes().toByteArray();
    switch (write.space()) {
      case PHYSICAL -> store(write.address(), bytes, 0, bytes.length);
      case GGTT -> storeThroughGgtt(write.address(), bytes);
      case GGTT_ENTRY -> storeEntries(write);
      case LOCAL, FLAT -> lostBytes += bytes.length;
    }
  }

  private void store(long busAddress, byte[] bytes, int from, int lengthBytes) {
    boolean fits = Long.compareUnsigned(busAddress, sizeBytes - lengthBytes) <= 0;
    if (fits) function.writeMemory(busAddress, bytes, from, lengthBytes);
    else lostBytes += lengthBytes;
  }

  private void storeThroughGgtt(long address, byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      long at = address + from;
      long inPage = at & AubMemory.PAGE_BYTES - 1;
      int length = (int) Math.min(bytes.length - from, AubMemory.PAGE_BYTES - inPage);
      long entry = entry(at);
      if ((entry & PageTableStructures.GGTT_ENTRY_PRESENT) == 0) lostBytes += length;
      else store(entry & FRAME_MASK | inPage, bytes, from, length);
      from += length;
    }
  }

  /** The entry for an address of the GGTT; 0, which is not present, where there is none. */
  private long entry(long address) {
    long offset = address >>> ENTRY_OF_ADDRESS_SHIFT & -Long.BYTES;
    return offset < GGTT_BYTES ? function.readRegister64(GGTT_OFFSET_BYTES + (int) offset) : 0;
  }

  private void storeEntries(MemoryWrite write) {
    var entries = write.bytes().buffer();
    for (int i = 0; i + Long.BYTES <= entries.capacity(); i += Long.BYTES) {
      long offset = write.address() + i;
      boolean fits = Long.compareUnsigned(offset, GGTT_BYTES - Long.BYTES) <= 0;
      if (fits) function.writeRegister64(GGTT_OFFSET_BYTES + (int) offset, entries.getLong(i));
      else lostBytes += Long.BYTES;
    }
  }
}

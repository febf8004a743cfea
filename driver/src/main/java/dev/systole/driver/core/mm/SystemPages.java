package dev.systole.driver.core.mm;

import dev.systole.driver.core.DeviceException;
import dev.systole.driver.core.SystemMemory;
import dev.systole.gpu.pci.PciFunction;
import java.util.ArrayDeque;
import java.util.TreeMap;

/**
 * The allocator of system pages. Freed blocks are reused by blocks of the same size, last freed
 * first; everything else comes from the untouched rest, in rising addresses.
 */
public final class SystemPages implements SystemMemory {
  private final PciFunction function;
  private final long endBusAddress;
  private final TreeMap<Integer, ArrayDeque<Long>> freeBlocks = new TreeMap<>();
  private long nextBusAddress;

  /** Pages between two bus addresses, which are multiples of {@link #PAGE_BYTES}. */
  public SystemPages(PciFunction function, long startBusAddress, long endBusAddress) {
    this.function = function;
    this.nextBusAddress = startBusAddress;
    this.endBusAddress = endBusAddress;
  }

  @Override
  public long allocatePages(int count) {
    if (count <= 0) throw new IllegalArgumentException("cannot allocate " + count + " pages");
    ArrayDeque<Long> reusable = freeBlocks.get(count);
    if (reusable != null && !reusable.isEmpty()) {
      long busAddress = reusable.pop();
      clear(busAddress, count);
      return busAddress;
    }
    long lengthBytes = (long) count * PAGE_BYTES;
    if (lengthBytes > endBusAddress - nextBusAddress) {
      throw new DeviceException("out of system memory for " + count + " pages");
    }
    long busAddress = nextBusAddress;
    nextBusAddress += lengthBytes;
    return busAddress;
  }

  @Override
  public void freePages(long busAddress, int count) {
    freeBlocks.computeIfAbsent(count, size -> new ArrayDeque<>()).push(busAddress);
  }

  private void clear(long busAddress, int count) {
    var zeros = new byte[PAGE_BYTES];
    for (int page = 0; page < count; page++) {
      write(busAddress + (long) page * PAGE_BYTES, zeros, 0, PAGE_BYTES);
    }
  }

  @Override
  public int read32(long busAddress) {
    return function.readMemory32(busAddress);
  }

  @Override
  public void write32(long busAddress, int value) {
    function.writeMemory32(busAddress, value);
  }

  @Override
  public long read64(long busAddress) {
    return function.readMemory64(busAddress);
  }

  @Override
  public void write64(long busAddress, long value) {
    function.writeMemory64(busAddress, value);
  }

  @Override
  public void read(long busAddress, byte[] target, int offset, int lengthBytes) {
    function.readMemory(busAddress, target, offset, lengthBytes);
  }

  @Override
  public void write(long busAddress, byte[] source, int offset, int lengthBytes) {
    function.writeMemory(busAddress, source, offset, lengthBytes);
  }
}

package dev.systole.driver.core.mm;

import dev.systole.driver.core.BusMemory;
import dev.systole.driver.core.DeviceException;
import dev.systole.driver.core.SystemMemory;
import dev.systole.gpu.pci.PciFunction;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;

/**
 * The allocator of system pages. Freed blocks are reused by blocks of the same size, last freed
 * first; everything else comes from the untouched rest, in rising addresses.
 */
public final class SystemPages extends BusMemory implements SystemMemory {
  private final long endBusAddress;
  private final TreeMap<Integer, ArrayDeque<Long>> freeBlocks = new TreeMap<>();

  /** What was given out: bus address to number of pages. */
  private final TreeMap<Long, Integer> liveBlocks = new TreeMap<>();

  private long nextBusAddress;

  /** Pages between two bus addresses, which are multiples of {@link #PAGE_BYTES}. */
  public SystemPages(PciFunction function, long startBusAddress, long endBusAddress) {
    super(function);
    this.nextBusAddress = startBusAddress;
    this.endBusAddress = endBusAddress;
  }

  @Override
  public long allocatePages(int count) {
    if (count <= 0) throw new IllegalArgumentException("cannot allocate " + count + " pages");
    ArrayDeque<Long> reusable = freeBlocks.get(count);
    long busAddress;
    if (reusable != null && !reusable.isEmpty()) {
      busAddress = reusable.pop();
      clear(busAddress, count);
    } else {
      busAddress = allocateFresh(count);
    }
    liveBlocks.put(busAddress, count);
    return busAddress;
  }

  private long allocateFresh(int count) {
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
    if (!liveBlocks.remove(busAddress, count)) {
      throw new IllegalArgumentException(
          "%d pages at %#x were not allocated".formatted(count, busAddress));
    }
    freeBlocks.computeIfAbsent(count, size -> new ArrayDeque<>()).push(busAddress);
  }

  /** Takes everything back, when the device goes. */
  public void freeAll() {
    for (var block : List.copyOf(liveBlocks.entrySet()))
      freePages(block.getKey(), block.getValue());
  }

  private void clear(long busAddress, int count) {
    var zeros = new byte[PAGE_BYTES];
    for (int page = 0; page < count; page++) {
      write(busAddress + (long) page * PAGE_BYTES, zeros, 0, PAGE_BYTES);
    }
  }
}

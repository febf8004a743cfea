package dev.systole.driver.core.mm;

import dev.systole.driver.core.SystemMemory;

/**
 * Pages of system memory that the GGTT maps: contiguous both in bus and in GGTT addresses.
 *
 * @param memory what the kernel reads and writes them through
 * @param ggttAddress where the GPU sees them
 * @param busAddress where they are
 * @param pages how many
 */
public record GgttRange(SystemMemory memory, int ggttAddress, long busAddress, int pages) {
  /** Size in bytes. */
  public int lengthBytes() {
    return pages * SystemMemory.PAGE_BYTES;
  }

  /** Reads the dword at a byte offset. */
  public int read32(int offsetBytes) {
    return memory.read32(busAddress + offsetBytes);
  }

  /** Writes the dword at a byte offset. */
  public void write32(int offsetBytes, int value) {
    memory.write32(busAddress + offsetBytes, value);
  }

  /** Reads the qword at a byte offset. */
  public long read64(int offsetBytes) {
    return memory.read64(busAddress + offsetBytes);
  }

  /** Writes the qword at a byte offset. */
  public void write64(int offsetBytes, long value) {
    memory.write64(busAddress + offsetBytes, value);
  }

  /** Writes bytes at an offset. */
  public void write(int offsetBytes, byte[] source) {
    memory.write(busAddress + offsetBytes, source, 0, source.length);
  }

  /** All of its content. */
  public byte[] content() {
    var bytes = new byte[lengthBytes()];
    memory.read(busAddress, bytes, 0, bytes.length);
    return bytes;
  }
}

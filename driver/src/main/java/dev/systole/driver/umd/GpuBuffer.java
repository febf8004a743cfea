package dev.systole.driver.umd;

import dev.systole.driver.app.DestroyAllocation2;
import dev.systole.driver.app.Evict;
import dev.systole.driver.app.Lock2;
import dev.systole.driver.door.KmtHandle;
import java.util.List;

/** Memory that the GPU reaches at an address and the CPU through a mapping. */
public final class GpuBuffer {
  private final UserModeDevice device;
  private final KmtHandle.Allocation allocation;
  private final long sizeBytes;
  private final long gpuAddress;
  private MappedMemory memory;

  GpuBuffer(
      UserModeDevice device, KmtHandle.Allocation allocation, long sizeBytes, long gpuAddress) {
    this.device = device;
    this.allocation = allocation;
    this.sizeBytes = sizeBytes;
    this.gpuAddress = gpuAddress;
  }

  /** Its size. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** GPU virtual address of its first byte. */
  public long gpuAddress() {
    return gpuAddress;
  }

  /** Reads a dword. */
  public int read32(long offsetBytes) {
    return memory().read32(offsetBytes);
  }

  /** Writes a dword. */
  public void write32(long offsetBytes, int value) {
    memory().write32(offsetBytes, value);
  }

  /** Copies a part out. */
  public byte[] read(long offsetBytes, int lengthBytes) {
    var bytes = new byte[lengthBytes];
    memory().read(offsetBytes, bytes);
    return bytes;
  }

  /** Copies bytes in. */
  public void write(long offsetBytes, byte[] bytes) {
    memory().write(offsetBytes, bytes, bytes.length);
  }

  /**
   * Lets the memory go to system memory until {@link #makeResident}; commands must not use it
   * meanwhile, the CPU may.
   */
  public void evict() {
    device.thunks().call(new Evict(device.handle(), List.of(allocation), new Evict.Flags(false)));
  }

  /** Makes the GPU reach it again, and waits for that. */
  public void makeResident() {
    device.makeResident(List.of(allocation));
  }

  MappedMemory memory() {
    if (memory == null) {
      var locked = device.thunks().call(new Lock2(device.handle(), allocation));
      memory = new MappedMemory(device.thunks().door(), locked.data());
    }
    return memory;
  }

  void destroy() {
    device.thunks().call(new DestroyAllocation2(device.handle(), List.of(allocation)));
  }
}

package dev.systole.gpu.pci;

import dev.systole.gpu.memory.DeviceMemory;
import dev.systole.gpu.memory.MemoryView;
import dev.systole.gpu.memory.Page;

/**
 * Memory as the CPU addresses it: system memory from address zero, and behind it local memory of
 * the card, where BAR 2 says. A part without local memory has its aperture there: the first
 * addresses of the GGTT.
 */
final class CpuMemory extends MemoryView {
  private final DeviceMemory memory;
  private final ConfigSpace config;

  CpuMemory(DeviceMemory memory, ConfigSpace config) {
    this.memory = memory;
    this.config = config;
  }

  @Override
  public Page read(long address) {
    if (inSystemMemory(address)) return memory.system().read(address);
    long inBar = config.offsetInBar2(address);
    if (inBar < 0) return memory.system().read(address);
    return memory.hasLocal() ? memory.local().read(inBar) : memory.readGgtt(inBar);
  }

  @Override
  public Page write(long address) {
    if (inSystemMemory(address)) return memory.system().write(address);
    long inBar = config.offsetInBar2(address);
    if (inBar < 0) return memory.system().write(address);
    return memory.hasLocal() ? memory.local().write(inBar) : memory.writeGgtt(inBar);
  }

  private boolean inSystemMemory(long address) {
    return Long.compareUnsigned(address, memory.system().sizeBytes()) < 0;
  }
}

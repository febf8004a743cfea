package dev.systole.gpu.pci;

import dev.systole.gpu.memory.MemoryImage;
import dev.systole.gpu.platform.Platform;

/**
 * The whole state of a {@link Gpu} at one moment, in memory. Immutable; it can be restored any
 * number of times, to any device of the same platform and fault plan. It shares its pages with the
 * device that it was taken of and with those that it was restored to, and whoever writes a page
 * copies it first: taking one costs as much as was written since the one before.
 */
public final class Checkpoint {
  final Platform platform;
  final MemoryImage system;
  final MemoryImage local;
  final MemoryImage ggtt;
  final MemoryImage registers;

  /** All that is not in memories. */
  final byte[] rest;

  Checkpoint(
      Platform platform,
      MemoryImage system,
      MemoryImage local,
      MemoryImage ggtt,
      MemoryImage registers,
      byte[] rest) {
    this.platform = platform;
    this.system = system;
    this.local = local;
    this.ggtt = ggtt;
    this.registers = registers;
    this.rest = rest;
  }
}

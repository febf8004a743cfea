package dev.systole.gpu.display;

/** Memory as planes fetch it: through the GGTT, outside of the engines' TLBs. */
@FunctionalInterface
interface FrameMemory {
  /**
   * The dword at {@code address}, of which the two lowest bits are ignored; zero where nothing is
   * mapped.
   */
  int load32(long address);
}

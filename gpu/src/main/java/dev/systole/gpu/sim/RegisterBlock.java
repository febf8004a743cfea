package dev.systole.gpu.sim;

/**
 * Registers by offset in BAR 0, in bytes and aligned: those of one part of the device, or, to
 * commands, all of them. Power domains do not matter here.
 */
public interface RegisterBlock {
  int read(int offsetBytes);

  void write(int offsetBytes, int value);
}

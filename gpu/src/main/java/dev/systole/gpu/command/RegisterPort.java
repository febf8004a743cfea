package dev.systole.gpu.command;

/** Registers by offset in BAR 0, as commands reach them: power domains do not matter. */
public interface RegisterPort {
  int read(int offsetBytes);

  void write(int offsetBytes, int value);
}

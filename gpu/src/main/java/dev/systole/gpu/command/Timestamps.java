package dev.systole.gpu.command;

/** The time stamp counter: 19.2 MHz on Tiger Lake (gen12-commands.md 3.4). */
public final class Timestamps {
  private Timestamps() {}

  /** Ticks since power-on: 12 in 625 ns. */
  public static long ticks(long nanos) {
    return nanos / 625 * 12 + nanos % 625 * 12 / 625;
  }
}

package dev.systole.gpu.command;

import dev.systole.spec.Engine;

/** The 64-bit counters of work that was done; each engine has them in its own block. */
final class Statistics {
  private Statistics() {}

  /** Adds to a counter, given by its offset in the render engine's block. */
  static void count(EngineState s, int register, long increment) {
    int own = register - Engine.RCS0.mmioBase();
    s.own.store64(own, s.own.load64(own) + increment);
  }

  /** A register of indirect work, likewise given. */
  static long parameter(EngineState s, int register) {
    return s.ownRegister(register - Engine.RCS0.mmioBase()) & 0xffffffffL;
  }
}

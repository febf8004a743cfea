package dev.systole.replayer;

import dev.systole.recorder.MachineConfig;
import dev.systole.trace.TraceReader;

/** The machine that a trace asks for. */
final class RecordedMachine {
  private RecordedMachine() {}

  /**
   * What it is made of, without faults.
   *
   * @throws ReplayException when this version has no such machine
   */
  static MachineConfig of(TraceReader trace) {
    try {
      return MachineConfig.of(trace.header());
    } catch (IllegalArgumentException e) {
      throw new ReplayException(e.getMessage());
    }
  }
}

package dev.systole.bridge.aub;

import dev.systole.bridge.machine.Outcome;
import dev.systole.spec.Engine;

/**
 * A submission of a recording that was put before a simulated GPU.
 *
 * @param number counted from 1
 * @param offsetBytes where in the (unzipped) file it is submitted
 */
public record AubExecution(int number, long offsetBytes, Engine engine, Outcome outcome) {
  @Override
  public String toString() {
    return "submission %d at byte %d on %s: %s".formatted(number, offsetBytes, engine, outcome);
  }
}

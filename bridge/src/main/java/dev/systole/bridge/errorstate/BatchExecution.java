package dev.systole.bridge.errorstate;

import dev.systole.bridge.machine.Outcome;
import dev.systole.decoder.command.Hex;
import java.util.List;
import java.util.OptionalLong;

/**
 * What became of the batch of one engine of a dump.
 *
 * @param engine the kernel's name
 * @param start address of the batch, when the dump tells it
 * @param missing what it touched that the dump does not hold, in the order in which it did; zeroes
 *     stood in
 */
public record BatchExecution(
    String engine, OptionalLong start, Outcome outcome, List<MissingMemory> missing) {
  public BatchExecution {
    missing = List.copyOf(missing);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(engine).append(": ");
    start.ifPresent(at -> text.append("batch at ").append(Hex.address(at)).append(' '));
    text.append(outcome);
    for (MissingMemory memory : missing) text.append("; ").append(memory);
    return text.toString();
  }
}

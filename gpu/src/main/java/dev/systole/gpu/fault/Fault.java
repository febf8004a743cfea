package dev.systole.gpu.fault;

import dev.systole.spec.Engine;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One fault that is to happen once: {@code KIND[@TARGET][:where[,where…]]}.
 *
 * @param text as it was written
 * @param kind what happens
 * @param target the engine that it hits; empty: the first engine that comes to the place
 * @param request which first-level batch of the engine, counted from 1; resumptions after a context
 *     switch are not counted, for hardware knows no requests
 * @param command which command, counted from 1: in that batch when there is a {@code request}, else
 *     among all commands of the engine's batches. Second-level batches count, the ring does not
 * @param timeNanos not before this time
 */
public record Fault(
    String text,
    FaultKind kind,
    Optional<Engine> target,
    OptionalInt request,
    OptionalInt command,
    OptionalLong timeNanos) {
  /**
   * Reads a fault; without any place it hits the first command of the first batch.
   *
   * @throws FaultSyntaxException when it cannot be understood
   */
  public static Fault parse(String text) {
    return new FaultParser(text).parse();
  }

  /** Whether the fault can hit {@code engine}. */
  public boolean concerns(Engine engine) {
    return target.isEmpty() || target.get() == engine;
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.systole.gpu.fault;

import dev.systole.spec.CommandSpec;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One fault: {@code KIND[@TARGET][:where][,option…]}.
 *
 * @param text as it was written
 * @param kind what happens
 * @param target what it hits; empty: the first that comes to the place
 * @param values what was said by key: counts, addresses, offsets of registers, nanoseconds,
 *     probabilities in parts of {@link #CERTAIN}; a name stands in {@code command}
 * @param command the commands that are meant, where they are named
 */
public record Fault(
    String text,
    FaultKind kind,
    Optional<FaultTarget> target,
    Map<FaultKey, Long> values,
    Optional<CommandSpec> command) {
  /** The probability 1. */
  public static final long CERTAIN = 1L << 53;

  public Fault {
    var copy = new EnumMap<FaultKey, Long>(FaultKey.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads a fault; one of a command without any place hits the first command of the first batch,
   * others the first occasion.
   *
   * @throws FaultSyntaxException when it cannot be understood, or makes no sense
   */
  public static Fault parse(String text) {
    return new FaultParser(text).parse();
  }

  /** Whether the fault can hit {@code candidate}. */
  public boolean concerns(FaultTarget candidate) {
    return target.isEmpty() || target.get().equals(candidate);
  }

  /** The number of the target in its group; 0 when none is named. */
  public int targetNumber() {
    return target.map(FaultTarget::number).orElse(0);
  }

  /** Whether something was said under that key. */
  public boolean has(FaultKey key) {
    return values.containsKey(key);
  }

  /** What was said under that key, or {@code otherwise}. */
  public long value(FaultKey key, long otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  /** How many occasions in a row it takes. */
  public long times() {
    return value(FaultKey.TIMES, kind.timesByDefault());
  }

  /**
   * The same fault with a time instead of an event, which is a matter of the recording: hardware
   * knows only the time.
   */
  public Fault atEvent(long timeNanos) {
    String event = "event=" + value(FaultKey.EVENT, 0);
    return parse(text.replace(event, "time=" + timeNanos + "ns"));
  }

  @Override
  public String toString() {
    return text;
  }
}

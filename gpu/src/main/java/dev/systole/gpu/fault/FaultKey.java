package dev.systole.gpu.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be said of a fault besides kind and target, as {@code key=value}. */
public enum FaultKey {
  /** Which first-level batch of the engine. */
  REQUEST("request=N"),
  /** Which command: in that batch when there is a request, else of all batches of the engine. */
  COMMAND("command=N"),
  /** Commands of a name. */
  NAME("name=3DPRIMITIVE"),
  /** A command, or memory, at an address. */
  ADDRESS("address=0x1000"),
  /** An access of the CPU to a register, by its name or its offset. */
  REGISTER("register=GDRST"),
  /** Not before an event of the recording that is replayed. */
  EVENT("event=N"),
  /** Not before a time. */
  TIME("time=20ms"),
  /** Which of the occasions that are left. */
  NTH("nth=N"),
  /** How likely each occasion is. */
  PROBABILITY("probability=0.1"),
  /** What the dice of the probability begin with. */
  SEED("seed=N"),
  /** How many of the occasions are hit: a number or "all". */
  TIMES("times=N"),
  /** How late. */
  DELAY("delay=10ms"),
  /** How much. */
  FACTOR("factor=N"),
  /** Which bit. */
  BIT("bit=N");

  /** TIMES without an end, as its value. */
  public static final long ALL = Long.MAX_VALUE;

  private final String form;

  FaultKey(String form) {
    this.form = form;
  }

  /** How it is written. */
  public String form() {
    return form;
  }

  /** The word before the equals sign. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it says where, rather than how. */
  public boolean isPlace() {
    return compareTo(PROBABILITY) <= 0;
  }

  /** The key of that name, if there is one. */
  static Optional<FaultKey> byWord(String word) {
    return Arrays.stream(values()).filter(key -> key.word().equals(word)).findFirst();
  }
}

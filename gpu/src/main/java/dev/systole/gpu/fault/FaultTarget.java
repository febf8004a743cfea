package dev.systole.gpu.fault;

import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a fault hits: an engine, a power well, a pipe, or the device itself.
 *
 * @param group what it is
 * @param number its ordinal in the group
 * @param word how it is written; the device is not written
 */
public record FaultTarget(Group group, int number, String word) {
  /** What there is to be hit. */
  public enum Group {
    DEVICE("the device"),
    ENGINE("an engine"),
    WELL("a power well"),
    PIPE("a pipe");

    private final String phrase;

    Group(String phrase) {
      this.phrase = phrase;
    }

    /** In a list. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** In a sentence. */
    public String phrase() {
      return phrase;
    }
  }

  private static final int PIPES = 4;

  /** The device itself. */
  public static final FaultTarget DEVICE = new FaultTarget(Group.DEVICE, 0, "");

  private static final List<FaultTarget> ENGINES = new ArrayList<>();
  private static final List<FaultTarget> WELLS = new ArrayList<>();
  private static final List<FaultTarget> PIPE_TARGETS = new ArrayList<>();
  private static final List<FaultTarget> ALL = new ArrayList<>();

  static {
    for (Engine each : Engine.values()) {
      ENGINES.add(new FaultTarget(Group.ENGINE, each.ordinal(), each.kernelName()));
    }
    for (ForcewakeDomain each : ForcewakeDomain.values()) {
      String word = each.name().toLowerCase(Locale.ROOT);
      WELLS.add(new FaultTarget(Group.WELL, each.ordinal(), word));
    }
    for (int i = 0; i < PIPES; i++) {
      PIPE_TARGETS.add(new FaultTarget(Group.PIPE, i, "pipe-" + (char) ('a' + i)));
    }
    ALL.add(DEVICE);
    ALL.addAll(ENGINES);
    ALL.addAll(WELLS);
    ALL.addAll(PIPE_TARGETS);
  }

  /** An engine. */
  public static FaultTarget of(Engine engine) {
    return ENGINES.get(engine.ordinal());
  }

  /** A power well. */
  public static FaultTarget of(ForcewakeDomain well) {
    return WELLS.get(well.ordinal());
  }

  /** The pipe with that number, from 0. */
  public static FaultTarget pipe(int number) {
    return PIPE_TARGETS.get(number);
  }

  /** All of them, the device first. */
  public static List<FaultTarget> all() {
    return Collections.unmodifiableList(ALL);
  }

  /** Its place among {@linkplain #all all}. */
  public int index() {
    return number
        + switch (group) {
          case DEVICE -> 0;
          case ENGINE -> 1;
          case WELL -> 1 + ENGINES.size();
          case PIPE -> 1 + ENGINES.size() + WELLS.size();
        };
  }

  /** The target that is written so; the empty word is the device. */
  public static Optional<FaultTarget> byWord(String word) {
    return ALL.stream().filter(target -> target.word.equals(word)).findFirst();
  }

  /** The engine, when it is one. */
  public Optional<Engine> engine() {
    return group == Group.ENGINE ? Optional.of(Engine.values()[number]) : Optional.empty();
  }

  @Override
  public String toString() {
    return group == Group.DEVICE ? "device" : word;
  }
}

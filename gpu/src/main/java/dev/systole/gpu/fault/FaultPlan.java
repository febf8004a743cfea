package dev.systole.gpu.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The faults that a run holds. A plan is made of faults as a user asks for them, or of those of an
 * earlier run with the points at which they fired: then a fault fires at its points and nowhere
 * else.
 */
public final class FaultPlan {
  /** A fault and, in a replay, the points at which it fired, of which there may be none. */
  public record Entry(Fault fault, Optional<List<FaultPoint>> points) {
    public Entry {
      points = points.map(List::copyOf);
    }
  }

  private static final FaultPlan NONE = new FaultPlan(List.of());

  private final List<Entry> entries;

  private FaultPlan(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Nothing goes wrong. */
  public static FaultPlan none() {
    return NONE;
  }

  /**
   * Every fault of {@code faults} fires where it says.
   *
   * @throws IllegalArgumentException when one waits for an event instead of a time
   */
  public static FaultPlan of(List<Fault> faults) {
    for (Fault fault : faults) {
      if (fault.has(FaultKey.EVENT)) {
        throw new IllegalArgumentException(fault + ": hardware knows no events");
      }
    }
    return new FaultPlan(faults.stream().map(fault -> new Entry(fault, Optional.empty())).toList());
  }

  /**
   * Faults fire where they did before.
   *
   * @param faults of the earlier run as they were written, also those that never fired
   */
  public static FaultPlan replaying(List<String> faults, List<FaultPoint> points) {
    Map<String, List<FaultPoint>> byFault = new LinkedHashMap<>();
    for (String fault : faults) byFault.put(fault, new ArrayList<>());
    for (FaultPoint point : points) {
      byFault.computeIfAbsent(point.fault(), each -> new ArrayList<>()).add(point);
    }
    var entries = new ArrayList<Entry>();
    byFault.forEach((text, own) -> entries.add(new Entry(Fault.parse(text), Optional.of(own))));
    return new FaultPlan(entries);
  }

  /** The faults of both plans. */
  public FaultPlan and(FaultPlan other) {
    var both = new ArrayList<>(entries);
    both.addAll(other.entries);
    return new FaultPlan(both);
  }

  /** The faults, in the order in which they were given. */
  public List<Entry> entries() {
    return entries;
  }
}

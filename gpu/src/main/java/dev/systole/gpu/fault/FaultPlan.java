package dev.systole.gpu.fault;

import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The faults that a run holds. A plan is made of faults as a user asks for them, or of the points
 * at which those of an earlier run fired: then a fault fires at its point or not at all.
 */
public final class FaultPlan {
  /** A fault and, in a replay, the point at which it fired. */
  public record Entry(Fault fault, Optional<FaultPoint> point) {
    /** Whether the fault can hit {@code engine}. */
    public boolean concerns(Engine engine) {
      return point.map(known -> known.engine() == engine).orElseGet(() -> fault.concerns(engine));
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

  /** Every fault of {@code faults} fires once. */
  public static FaultPlan of(List<Fault> faults) {
    return new FaultPlan(faults.stream().map(fault -> new Entry(fault, Optional.empty())).toList());
  }

  /** Faults fire where they did before. */
  public static FaultPlan replaying(List<FaultPoint> points) {
    return new FaultPlan(
        points.stream().map(point -> new Entry(point.fault(), Optional.of(point))).toList());
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

package dev.systole.recorder.workload;

import java.util.List;
import java.util.Optional;

/** The workload library. */
public final class Workloads {
  private static final List<Workload> ALL = List.of(new Triangle(), new Blit(), new TwoApps());

  private Workloads() {}

  /** Every workload, in the order in which they are listed. */
  public static List<Workload> all() {
    return ALL;
  }

  /** The workload of that name, if there is one. */
  public static Optional<Workload> byName(String name) {
    return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst();
  }
}

package dev.systole.replayer;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.CpuThread;
import java.util.List;
import java.util.Optional;

/**
 * How a replay without further faults ended.
 *
 * @param divergence the first difference from the trace
 * @param unfinished who was still at something at the end, in words; without a difference it was so
 *     in the recording, too
 */
public record Replayed(Optional<Divergence> divergence, List<String> unfinished) {
  public Replayed {
    unfinished = List.copyOf(unfinished);
  }

  static Replayed of(AppReplay.Result result) {
    return switch (result) {
      case AppReplay.Result.Identical(var _, Cpu.Outcome outcome) ->
          new Replayed(Optional.empty(), waiting(outcome));
      case AppReplay.Result.Different(Divergence divergence) ->
          new Replayed(Optional.of(divergence), List.of());
    };
  }

  /** The threads that a run left waiting, and for what; or why the kernel stopped it. */
  static List<String> waiting(Cpu.Outcome outcome) {
    return switch (outcome) {
      case Cpu.Outcome.Finished() -> List.of();
      case Cpu.Outcome.Stuck(var threads) -> threads.stream().map(Replayed::nameAndWait).toList();
      case Cpu.Outcome.TimeLimit(var threads) ->
          threads.stream().map(Replayed::nameAndWait).toList();
      case Cpu.Outcome.Stopped(var bugCheck) -> List.of(bugCheck);
    };
  }

  private static String nameAndWait(CpuThread thread) {
    String wait = thread.waitingFor();
    return wait == null ? thread.name() : thread.name() + " for " + wait;
  }
}

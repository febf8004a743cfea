package dev.systole.shell.run;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.CpuThread;
import dev.systole.shell.cli.ExitCode;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.HealthEvent.Wedged;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a run ended.
 *
 * @param trouble what is wrong with that, in words; empty when it ended well
 */
public record RunEnd(Optional<String> trouble) {
  /** The end of the run that left this trace. */
  static RunEnd of(Cpu.Outcome outcome, TraceReader trace) throws IOException {
    Optional<String> waiting =
        switch (outcome) {
          case Cpu.Outcome.Finished() -> Optional.empty();
          case Cpu.Outcome.Stuck(var threads) ->
              Optional.of("nothing can happen any more, and " + names(threads) + " still waits");
          case Cpu.Outcome.TimeLimit(var threads) ->
              Optional.of("at the end of its time " + names(threads) + " still waits");
        };
    return new RunEnd(waiting.isPresent() ? waiting : wedged(trace));
  }

  private static Optional<String> wedged(TraceReader trace) throws IOException {
    boolean wedged = false;
    EventCursor events = trace.events(EventKinds.WEDGED::equals);
    while (events.next()) wedged = ((Wedged) events.event()).wedged();
    return wedged ? Optional.of("the GPU is wedged") : Optional.empty();
  }

  private static String names(List<CpuThread> threads) {
    return threads.stream().map(CpuThread::name).collect(Collectors.joining(", "));
  }

  /** 0, or 4 when the run did not end well. */
  public int exitCode() {
    return trouble.isPresent() ? ExitCode.STUCK : ExitCode.OK;
  }
}

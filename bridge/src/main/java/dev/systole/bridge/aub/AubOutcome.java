package dev.systole.bridge.aub;

import dev.systole.decoder.command.Hex;

/** What became of a submission on a simulated GPU. */
public sealed interface AubOutcome {
  /** The ring was executed up to its tail. */
  record Completed() implements AubOutcome {
    @Override
    public String toString() {
      return "executed to its end";
    }
  }

  /** It waits for what only the CPU, another engine or a display would have done. */
  record Waiting(AubStop at) implements AubOutcome {
    @Override
    public String toString() {
      return "waits %s for what nothing in the recording does".formatted(at);
    }
  }

  /** Its commands loop, or take longer than {@link AubMachine#PATIENCE_NANOS}. */
  record Looping(AubStop at) implements AubOutcome {
    @Override
    public String toString() {
      return "does not end, now " + at;
    }
  }

  /**
   * The engine reported an error.
   *
   * @param errors RING_ESR
   */
  record Failed(AubStop at, int errors) implements AubOutcome {
    @Override
    public String toString() {
      return "failed %s with errors %s".formatted(at, Hex.dword(errors));
    }
  }

  /** It was not executed. */
  record NotExecuted(String why) implements AubOutcome {
    @Override
    public String toString() {
      return "not executed: " + why;
    }
  }
}

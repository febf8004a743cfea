package dev.systole.bridge.machine;

import dev.systole.decoder.command.Hex;

/** What became of a submission on a simulated GPU. */
public sealed interface Outcome {
  /** The ring was executed up to its tail. */
  record Completed() implements Outcome {
    @Override
    public String toString() {
      return "executed to its end";
    }
  }

  /** It waits for what only the CPU, another engine or a display would have done. */
  record Waiting(Stop at) implements Outcome {
    @Override
    public String toString() {
      return "waits %s for what nothing here does".formatted(at);
    }
  }

  /** Its commands loop, or take longer than {@link ReadyMachine#PATIENCE_NANOS}. */
  record Looping(Stop at) implements Outcome {
    @Override
    public String toString() {
      return "does not end, now " + at;
    }
  }

  /** Its commands lead to memory that is not there. */
  record NothingThere(long address) implements Outcome {
    @Override
    public String toString() {
      return "comes to %s, where nothing is".formatted(Hex.address(address));
    }
  }

  /**
   * The engine reported an error.
   *
   * @param errors RING_ESR
   */
  record Failed(Stop at, int errors) implements Outcome {
    @Override
    public String toString() {
      return "failed %s with errors %s".formatted(at, Hex.dword(errors));
    }
  }

  /** It was not executed. */
  record NotExecuted(String why) implements Outcome {
    @Override
    public String toString() {
      return "not executed: " + why;
    }
  }
}

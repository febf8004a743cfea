package dev.systole.gpu.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be made to go wrong in the hardware. */
public enum FaultKind {
  /** Hangs so that no preemption helps; the memory shows it. */
  LOOP(
      "the place is overwritten with MI_ARB_ON_OFF off and an MI_BATCH_BUFFER_START to itself: "
          + "never preemptible",
      "loop@rcs0:request=3"),
  /** Hangs without a trace in memory. */
  STOP("the engine stops at the command, for ever", "stop@bcs0:request=2,command=4");

  private final String summary;
  private final String example;

  FaultKind(String summary, String example) {
    this.summary = summary;
    this.example = example;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the hardware does, in one line. */
  public String summary() {
    return summary;
  }

  /** A fault of this kind as one would write it. */
  public String example() {
    return example;
  }

  /** The kind of that name, if there is one. */
  public static Optional<FaultKind> byWord(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}

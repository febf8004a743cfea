package dev.systole.replayer;

import java.util.List;

/**
 * The first difference between a recording and its re-execution.
 *
 * @param event its number
 * @param timeNanos when it happened in the recording; in the re-execution where the recording had
 *     ended
 * @param lane on which thread
 * @param callPath the calls that the lane was in, outermost first
 * @param expected the recorded event, decoded; "the end of the trace" behind the last
 * @param found what happened instead
 * @param differences the values that differ, by field or by bit field
 * @param before the events that led there, oldest first
 * @param cause the likely class of cause
 */
public record Divergence(
    long event,
    long timeNanos,
    String lane,
    List<String> callPath,
    String expected,
    String found,
    List<String> differences,
    List<String> before,
    Cause cause) {
  /** Classes of causes. */
  public enum Cause {
    OTHER_MODEL("the trace was recorded by another version of the model"),
    HARDWARE("the hardware answered differently: its model changed, or its state was not the same"),
    STACK("the driver stack did something else: its code changed, or it is not deterministic"),
    INPUT("an application or the world did something else: the trace lacks an input");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    /** The cause in a sentence. */
    public String words() {
      return words;
    }
  }

  public Divergence {
    callPath = List.copyOf(callPath);
    differences = List.copyOf(differences);
    before = List.copyOf(before);
  }

  /** The report, several lines. */
  public String report() {
    var out = new StringBuilder();
    out.append("diverged at event ").append(event);
    out.append(" (").append(timeNanos).append(" ns, ").append(lane).append(")\n");
    out.append("  expected  ").append(expected).append('\n');
    out.append("  found     ").append(found).append('\n');
    differences.forEach(each -> out.append("            ").append(each).append('\n'));
    if (!callPath.isEmpty()) {
      out.append("  in        ").append(String.join(" > ", callPath)).append('\n');
    }
    out.append("  because   ").append(cause.words()).append(" (likely)\n");
    if (!before.isEmpty()) out.append("  before\n");
    before.forEach(each -> out.append("    ").append(each).append('\n'));
    return out.toString();
  }
}

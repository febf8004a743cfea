package dev.systole.trace.event;

/**
 * Where an event happens. Parts that do not apply are empty or 0.
 *
 * @param machine the machine, where a trace holds several
 * @param function the PCI function, "00:02.0"
 * @param virtualMachine the guest
 * @param process its name
 * @param processId its number
 * @param thread its name
 */
public record Lane(
    String machine,
    String function,
    String virtualMachine,
    String process,
    long processId,
    String thread) {

  /** The lane of what happens in no process: interrupts, hardware. */
  public static Lane of(String thread) {
    return of("", 0, thread);
  }

  /** A thread of a process on the only machine. */
  public static Lane of(String process, long processId, String thread) {
    return new Lane("", "", "", process, processId, thread);
  }

  /** The parts that apply, outermost first: {@code "triangle[7]/main"}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (String part : new String[] {machine, function, virtualMachine}) {
      if (!part.isEmpty()) text.append(part).append('/');
    }
    if (!process.isEmpty()) text.append(process).append('[').append(processId).append("]/");
    return text.append(thread).toString();
  }
}

package dev.systole.driver.cpu;

/**
 * A procedure that runs in DPC context soon after it was asked for, however often it was: i915's
 * tasklets. It can be disabled; what was asked meanwhile runs when it is enabled again.
 */
public final class Tasklet {
  private final Cpu cpu;
  private final Runnable procedure;
  private boolean scheduled;
  private boolean wanted;
  private int disabled;

  /** A tasklet that is enabled and not scheduled. */
  public Tasklet(Cpu cpu, Runnable procedure) {
    this.cpu = cpu;
    this.procedure = procedure;
  }

  /** Asks for a run. */
  public void schedule() {
    wanted = true;
    if (scheduled || disabled > 0) return;
    scheduled = true;
    cpu.queueDpc(this::runOnce);
  }

  /** Runs it now if it was asked for. Any context. */
  public void flush() {
    if (!wanted || disabled > 0) return;
    wanted = false;
    procedure.run();
  }

  /** Keeps it from running until as many {@link #enable}. */
  public void disable() {
    disabled++;
  }

  /** Ends one {@link #disable}. */
  public void enable() {
    disabled--;
    if (wanted) schedule();
  }

  private void runOnce() {
    scheduled = false;
    flush();
  }
}

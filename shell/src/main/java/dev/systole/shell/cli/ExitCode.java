package dev.systole.shell.cli;

/** The exit codes of the command line; a contract. (69 is the launcher's: no JDK 25.) */
public final class ExitCode {
  /** Done, and what was checked holds. */
  public static final int OK = 0;

  /** What was checked does not hold: a divergence, a golden difference. */
  public static final int DIFFERENT = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** A file cannot be read, or not be written. */
  public static final int UNREADABLE = 3;

  /** The run did not end well: the GPU is wedged, or an application still waits. */
  public static final int STUCK = 4;

  /** A bug in Systole. */
  public static final int BUG = 70;

  private ExitCode() {}
}

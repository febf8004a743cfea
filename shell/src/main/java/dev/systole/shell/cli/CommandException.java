package dev.systole.shell.cli;

/**
 * Ends a verb with a message for its user and an exit code. The message is one line: what, where,
 * why, what to do.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The user asked for something that does not exist or does not go together. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message, null);
  }

  /** A file cannot be read or written; {@code cause} may be null. */
  public static CommandException unreadable(String message, Throwable cause) {
    return new CommandException(ExitCode.UNREADABLE, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }
}

package dev.systole.shell.cli;

import dev.systole.recorder.workload.WorkloadException;
import dev.systole.replayer.ReplayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Turns what went wrong into one line for the user and an exit code. */
public final class Failures {
  private Failures() {}

  /** Says it on standard error and returns the exit code; {@code verbose} adds the stack trace. */
  public static int report(Throwable thrown, boolean verbose, Streams streams) {
    Throwable failure = thrown instanceof UncheckedIOException e ? e.getCause() : thrown;
    streams.out().flush();
    if (verbose) thrown.printStackTrace(streams.err());
    streams.err().println("systole: " + describe(failure));
    streams.err().flush();
    return exitCode(failure);
  }

  private static int exitCode(Throwable failure) {
    return switch (failure) {
      case CommandException e -> e.exitCode();
      case InvalidPathException _ -> ExitCode.USAGE;
      case IOException _, ReplayException _ -> ExitCode.UNREADABLE;
      case WorkloadException _ -> ExitCode.STUCK;
      default -> ExitCode.BUG;
    };
  }

  private static String describe(Throwable failure) {
    return switch (failure) {
      case CommandException e -> e.getMessage();
      case ReplayException e -> e.getMessage();
      case WorkloadException e -> "the workload failed: " + e.getMessage();
      case InvalidPathException e ->
          "'"
              + e.getInput()
              + "' is no file name here: "
              + e.getReason()
              + "; is the locale UTF-8?";
      case NoSuchFileException e -> e.getFile() + ": no such file or folder";
      case AccessDeniedException e -> e.getFile() + ": permission denied";
      case FileAlreadyExistsException e -> e.getFile() + ": exists already";
      case FileSystemException e -> e.getFile() + ": " + e.getReason();
      case IOException e -> e.getMessage() == null ? e.toString() : oneLine(e.getMessage());
      case OutOfMemoryError _ ->
          "out of memory; give Java more, for example SYSTOLE_JAVA_OPTS=-Xmx4g";
      default ->
          "this is a bug in Systole ("
              + oneLine(failure.toString())
              + "); please run the command again with -v, and report what it prints together with"
              + " 'systole --version' and the input";
    };
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}

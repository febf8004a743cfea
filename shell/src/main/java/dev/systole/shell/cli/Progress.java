package dev.systole.shell.cli;

import dev.systole.trace.EventSink;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells on standard error how far a long run is, when a terminal listens. It reads numbers that
 * another thread counts; that they may be a little old does not matter here.
 */
public final class Progress {
  private static final long FIRST_AFTER_MILLIS = 500;
  private static final long EVERY_MILLIS = 200;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean visible;

  Progress(PrintStream out, boolean visible) {
    this.out = out;
    this.visible = visible;
  }

  /** Begins a line, which closing erases; short runs end before anything is shown. */
  public Line start() {
    return new Line();
  }

  /** A line that tells of one run. */
  public final class Line implements AutoCloseable {
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::repaint);
    private LongSupplier events;

    private Line() {}

    /** Tells from now on how many events a run has. */
    public void follow(EventSink run) {
      events = run::eventCount;
      if (visible) thread.start();
    }

    @Override
    public void close() {
      if (!thread.isAlive()) return;
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void repaint() {
      try {
        Thread.sleep(FIRST_AFTER_MILLIS);
        while (true) {
          print(String.format(Locale.ROOT, "%,d events", events.getAsLong()));
          Thread.sleep(EVERY_MILLIS);
        }
      } catch (InterruptedException e) {
        print(""); // the run is over
      }
    }

    private void print(String text) {
      out.print(ERASE_LINE + text);
      out.flush();
    }
  }
}

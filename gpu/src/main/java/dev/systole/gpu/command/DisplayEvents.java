package dev.systole.gpu.command;

/**
 * What commands can wait for in the display, by pipe and plane from 0 on. When it has not happened
 * yet, it will be an event, after which engines that wait look again. A pipe that does not run has
 * no events.
 */
public interface DisplayEvents {
  /** Whether a vertical blank has begun after {@code sinceNanos}. */
  boolean blankedSince(int pipe, long sinceNanos);

  /** Whether a flip waits to be taken over. */
  boolean flipPending(int pipe, int plane);

  /** Whether the scan line is in the window that was loaded. */
  boolean inWindow(int pipe);
}

package dev.systole.replayer;

import dev.systole.driver.app.AppCall;
import dev.systole.driver.door.Return;
import dev.systole.trace.event.Blob;

/** Something that a recorded application did. Times are those of the recording. */
sealed interface Step {
  /** When it began. */
  long beginNanos();

  /**
   * When the application went on; for an access to memory, which takes no time of its own, when it
   * began.
   */
  long endNanos();

  /** A thunk, and what came back; the result is null when the recording ends within the call. */
  record Thunk(long beginNanos, long endNanos, AppCall<?> call, Return result) implements Step {}

  /** A write to mapped memory. */
  record Write(long beginNanos, long mapping, long offsetBytes, Blob bytes) implements Step {
    @Override
    public long endNanos() {
      return beginNanos;
    }
  }

  /** Reads of up to eight bytes of mapped memory, {@code count} times. */
  record Read(
      long beginNanos, long mapping, long offsetBytes, int widthBytes, long count, long stepNanos)
      implements Step {
    @Override
    public long endNanos() {
      return beginNanos + (count - 1) * stepNanos;
    }
  }

  /** A read of more of mapped memory at once. */
  record ReadBlock(long beginNanos, long mapping, long offsetBytes, int lengthBytes)
      implements Step {
    @Override
    public long endNanos() {
      return beginNanos;
    }
  }
}

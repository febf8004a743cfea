package dev.systole.trace;

/**
 * Which events a chunk holds.
 *
 * @param firstEvent the number of its first event
 * @param firstTimeNanos the earliest time in it
 * @param lastTimeNanos the latest time in it
 */
public record ChunkRange(long firstEvent, int eventCount, long firstTimeNanos, long lastTimeNanos) {

  /** The number of the first event behind the chunk. */
  public long endEvent() {
    return firstEvent + eventCount;
  }
}

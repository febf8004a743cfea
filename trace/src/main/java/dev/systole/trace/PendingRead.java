package dev.systole.trace;

/** The last read, as long as it may repeat. */
final class PendingRead {
  int kind;
  int lane;
  long timeNanos;
  long mapping;
  long place;
  long busAddress;
  int widthBytes;
  long value;
  long count;
  long stepNanos;

  void start(
      int kind,
      int lane,
      long timeNanos,
      long mapping,
      long place,
      long busAddress,
      int widthBytes,
      long value) {
    this.kind = kind;
    this.lane = lane;
    this.timeNanos = timeNanos;
    this.mapping = mapping;
    this.place = place;
    this.busAddress = busAddress;
    this.widthBytes = widthBytes;
    this.value = value;
    count = 1;
    stepNanos = 0;
  }

  /**
   * Counts the read if it is the same again, as far from the last as that was from its own last.
   */
  boolean repeats(
      int kind,
      int lane,
      long timeNanos,
      long mapping,
      long place,
      long busAddress,
      int widthBytes,
      long value) {
    boolean same =
        this.place == place
            && this.value == value
            && this.kind == kind
            && this.lane == lane
            && this.widthBytes == widthBytes
            && this.mapping == mapping
            && this.busAddress == busAddress;
    if (!same) return false;
    long sinceFirstNanos = timeNanos - this.timeNanos;
    if (count == 1) stepNanos = sinceFirstNanos;
    else if (sinceFirstNanos != stepNanos * count) return false;
    count++;
    return true;
  }
}

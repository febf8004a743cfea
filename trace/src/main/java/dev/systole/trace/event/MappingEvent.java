package dev.systole.trace.event;

/**
 * Reads and writes of memory that an application has mapped, which is how command buffers are
 * filled.
 */
public sealed interface MappingEvent extends Event {

  /** Written; contiguous writes in a row are one event. */
  record MappingWrite(At at, long mapping, long offset, long busAddress, Blob bytes)
      implements MappingEvent {}

  /** Read, {@code count} times at equal distances with the same result. */
  record MappingRead(
      At at,
      long mapping,
      long offset,
      long busAddress,
      long widthBytes,
      long value,
      long count,
      long stepNanos)
      implements MappingEvent {}

  /** More than eight bytes were read at once. */
  record MappingReadBlock(At at, long mapping, long offset, long busAddress, Blob bytes)
      implements MappingEvent {}
}

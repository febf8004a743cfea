package dev.systole.trace;

import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;

/**
 * Takes what passes the doors, in the order in which it passes. Accesses have methods of their own,
 * which take primitives and allocate nothing; everything else is begun here and gets its fields
 * through a {@link FieldSink}.
 *
 * <p>Reads of one place that repeat at equal distances with one result are folded into one event,
 * contiguous writes in a row are merged into one, as long as nothing else comes between.
 *
 * <p>Widths are 1, 2, 4 or 8 bytes. Times are virtual; they rarely run backwards.
 */
public interface EventSink {

  /** The number by which events name this lane; equal lanes have equal numbers. */
  int lane(Lane lane);

  /**
   * How many events there are so far: the number of the next one, unless that is folded or merged
   * into the last.
   */
  long eventCount();

  void registerRead(int lane, long timeNanos, int offset, int widthBytes, long value);

  void registerWrite(int lane, long timeNanos, int offset, int widthBytes, long value);

  void configRead(int lane, long timeNanos, int offset, int widthBytes, long value);

  void configWrite(int lane, long timeNanos, int offset, int widthBytes, long value);

  void memoryRead(int lane, long timeNanos, long address, int widthBytes, long value);

  void memoryRead(int lane, long timeNanos, long address, byte[] source, int offset, int length);

  void memoryWrite(int lane, long timeNanos, long address, int widthBytes, long value);

  void memoryWrite(int lane, long timeNanos, long address, byte[] source, int offset, int length);

  void mappingRead(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      int widthBytes,
      long value);

  void mappingRead(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      byte[] source,
      int offset,
      int length);

  void mappingWrite(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      int widthBytes,
      long value);

  void mappingWrite(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      byte[] source,
      int offset,
      int length);

  /**
   * Keeps what follows apart from what came before: no write is merged and no read is folded across
   * this point.
   */
  void separate();

  /** The GPU raised an interrupt. */
  void interrupt(int lane, long timeNanos, long vector);

  /**
   * Begins an event; its fields follow through the result.
   *
   * @throws IllegalArgumentException when the schema does not hold the kind, or it is a call's
   */
  FieldSink begin(EventKind kind, int lane, long timeNanos);

  /** Begins the event of a call that is entered; its in-fields follow. */
  FieldSink enter(CallType call, int lane, long timeNanos);

  /** Begins the event of a call that is left; its out-fields follow. */
  FieldSink leave(CallType call, int lane, long timeNanos);

  /**
   * Appends an event that is made of a value which nobody changes any more; the sink may put that
   * off and do it on another thread.
   */
  default void defer(LateEvent event, Object value, int lane, long timeNanos) {
    event.append(value, this, lane, timeNanos);
  }
}

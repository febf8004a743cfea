package dev.systole.trace;

import dev.systole.trace.event.Blob;

/**
 * Takes the fields of one event in the order of the schema, structures taken apart: a list's size
 * is followed by its elements, a present optional by its value. Whatever does not fit the schema
 * throws an {@link IllegalStateException}.
 */
public interface FieldSink {

  /** An integer, or the place of an enumeration's name. */
  FieldSink integer(long value);

  FieldSink bool(boolean value);

  FieldSink text(String value);

  FieldSink bytes(byte[] source, int offset, int length);

  /** All of the bytes. */
  default FieldSink bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  /** All of the bytes. */
  default FieldSink bytes(Blob blob) {
    return bytes(blob.toBytes());
  }

  FieldSink listSize(int elements);

  FieldSink present(boolean value);

  /** Chooses an alternative by its place; its value follows. */
  FieldSink alternative(int place);

  /** Closes the event. */
  void end();
}

package dev.systole.trace.event;

import java.util.List;

/**
 * Hands out the fields of one event in the order of the schema, structures taken apart. Asking for
 * another type than the schema's throws an {@link IllegalStateException}.
 */
public interface FieldReader {

  /** An integer, or the place of an enumeration's name. */
  long integer();

  boolean bool();

  String text();

  Blob bytes();

  /** How many elements of the list follow. */
  int listSize();

  /** Whether the optional value is there; it follows if so. */
  boolean present();

  /** The place of the alternative whose value follows. */
  int alternative();

  /** Hands out values that were read before. */
  static FieldReader of(List<Value> values) {
    return new ValueReader(values);
  }
}

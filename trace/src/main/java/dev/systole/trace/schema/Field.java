package dev.systole.trace.schema;

import java.util.HashSet;
import java.util.List;

/**
 * A named value of an event, a call or a structure.
 *
 * <p>An integer is stored as its difference from a prediction. Without a context the prediction is
 * the field's previous value. With a context it is the field's value of the last time that the
 * context field had the value it has now: a register's value is predicted by what the same register
 * held before. A field may be its own context: then the prediction is what followed the last time
 * after the same previous value.
 *
 * @param name unique among its siblings
 * @param context the name of an integer sibling that stands before this field, or of this field
 *     itself, or empty
 */
public record Field(String name, FieldType type, String context) {

  public Field {
    if (name.isEmpty()) throw new IllegalArgumentException("a field has no name");
  }

  /** A field without a context. */
  public static Field of(String name, FieldType type) {
    return new Field(name, type, "");
  }

  public static Field integer(String name) {
    return of(name, FieldType.INT);
  }

  public static Field hex(String name) {
    return of(name, FieldType.HEX);
  }

  public static Field bool(String name) {
    return of(name, FieldType.BOOL);
  }

  public static Field text(String name) {
    return of(name, FieldType.TEXT);
  }

  public static Field bytes(String name) {
    return of(name, FieldType.BYTES);
  }

  /** The same field, predicted by the named sibling. */
  public Field by(String sibling) {
    return new Field(name, type, sibling);
  }

  /** The same field, predicted by its own previous value. */
  public Field bySelf() {
    return by(name);
  }

  /** The fields as an unchangeable list, once names, contexts and depths are in order. */
  static List<Field> checked(List<Field> fields) {
    var names = new HashSet<String>();
    var integers = new HashSet<String>();
    for (Field field : fields) {
      if (!names.add(field.name))
        throw new IllegalArgumentException("field " + field.name + " stands twice");
      if (field.type.depth() > FieldType.MAX_DEPTH)
        throw new IllegalArgumentException("field " + field.name + " nests too deep");
      boolean integer = field.type instanceof FieldType.Int || field.type instanceof FieldType.Hex;
      if (integer) integers.add(field.name);
      if (!field.context.isEmpty() && !(integer && integers.contains(field.context)))
        throw new IllegalArgumentException(
            "field " + field.name + " cannot be predicted by '" + field.context + "'");
    }
    return List.copyOf(fields);
  }
}

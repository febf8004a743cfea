package dev.systole.trace.schema;

import java.util.List;

/** The type of a {@link Field}. Integers are signed, 64 bits wide. */
public sealed interface FieldType {

  /** How deep types may nest. */
  int MAX_DEPTH = 16;

  /** An integer, shown in decimal. */
  FieldType INT = new Int();

  /** An integer, shown in hexadecimal: an address, an offset, a register's value. */
  FieldType HEX = new Hex();

  /** True or false. */
  FieldType BOOL = new Bool();

  /** Unicode text, interned per chunk. */
  FieldType TEXT = new Text();

  /** Bytes; long ones are stored once per file. */
  FieldType BYTES = new Bytes();

  /** See {@link #INT}. */
  record Int() implements FieldType {}

  /** See {@link #HEX}. */
  record Hex() implements FieldType {}

  /** See {@link #BOOL}. */
  record Bool() implements FieldType {}

  /** See {@link #TEXT}. */
  record Text() implements FieldType {}

  /** See {@link #BYTES}. */
  record Bytes() implements FieldType {}

  /** One of a list of names, stored as its place in that list. */
  record Enumeration(List<String> names) implements FieldType {
    public Enumeration {
      names = List.copyOf(names);
    }
  }

  /** Any number of values of one type. */
  record ListOf(FieldType element) implements FieldType {}

  /** Fields in a row; at least one. */
  record Struct(List<Field> fields) implements FieldType {
    public Struct {
      fields = Field.checked(fields);
      if (fields.isEmpty()) throw new IllegalArgumentException("a structure has no field");
    }
  }

  /** A value, or nothing. */
  record Maybe(FieldType value) implements FieldType {}

  /** One of several values, by name; at least one may be chosen. */
  record OneOf(List<Field> alternatives) implements FieldType {
    public OneOf {
      alternatives = Field.checked(alternatives);
      if (alternatives.isEmpty()) throw new IllegalArgumentException("a choice has no alternative");
    }
  }

  /** How many types stand inside each other, this one included. */
  default int depth() {
    return switch (this) {
      case Int _, Hex _, Bool _, Text _, Bytes _, Enumeration _ -> 1;
      case ListOf(var element) -> 1 + element.depth();
      case Maybe(var value) -> 1 + value.depth();
      case Struct(var fields) -> 1 + deepest(fields);
      case OneOf(var alternatives) -> 1 + deepest(alternatives);
    };
  }

  private static int deepest(List<Field> fields) {
    return fields.stream().mapToInt(field -> field.type().depth()).max().orElseThrow();
  }
}

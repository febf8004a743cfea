package dev.systole.trace.event;

import java.util.List;
import java.util.Optional;

/** The value of a field whose type only the schema knows. */
public sealed interface Value {

  /** Of an int, hex or enumeration field. */
  record Int(long value) implements Value {}

  record Bool(boolean value) implements Value {}

  record Text(String value) implements Value {}

  record Bytes(Blob value) implements Value {}

  record Items(List<Value> values) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Of a structure: the values of its fields. */
  record Fields(List<Value> values) implements Value {
    public Fields {
      values = List.copyOf(values);
    }
  }

  /**
   * Of a choice.
   *
   * @param place of the alternative
   */
  record Chosen(int place, Value value) implements Value {}

  record Maybe(Optional<Value> value) implements Value {}
}

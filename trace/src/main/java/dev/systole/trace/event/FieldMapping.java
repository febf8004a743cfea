package dev.systole.trace.event;

import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings the values of a file's fields into the order of the fields that the code knows. */
public final class FieldMapping {
  private FieldMapping() {}

  /** Whether both lists take the same values in the same order, however they are predicted. */
  public static boolean isSame(List<Field> stored, List<Field> known) {
    if (stored.size() != known.size()) return false;
    for (int i = 0; i < stored.size(); i++) if (!isSame(stored.get(i), known.get(i))) return false;
    return true;
  }

  /**
   * The values of the known fields: those of the stored fields with the same name and type; what
   * the file does not have is 0, false or empty.
   */
  public static List<Value> map(List<Field> stored, List<Value> values, List<Field> known) {
    var mapped = new ArrayList<Value>();
    for (Field field : known) {
      Value value = null;
      for (int i = 0; i < stored.size() && value == null; i++)
        if (isSame(stored.get(i), field)) value = values.get(i);
      mapped.add(value == null ? defaultOf(field.type()) : value);
    }
    return mapped;
  }

  private static boolean isSame(Field stored, Field known) {
    return stored.name().equals(known.name()) && stored.type().equals(known.type());
  }

  private static Value defaultOf(FieldType type) {
    return switch (type) {
      case FieldType.Int _, FieldType.Hex _, FieldType.Enumeration _ -> new Value.Int(0);
      case FieldType.Bool _ -> new Value.Bool(false);
      case FieldType.Text _ -> new Value.Text("");
      case FieldType.Bytes _ -> new Value.Bytes(Blob.of(new byte[0]));
      case FieldType.ListOf _ -> new Value.Items(List.of());
      case FieldType.Maybe _ -> new Value.Maybe(Optional.empty());
      case FieldType.OneOf(var alternatives) ->
          new Value.Chosen(0, defaultOf(alternatives.getFirst().type()));
      case FieldType.Struct(var fields) ->
          new Value.Fields(fields.stream().map(field -> defaultOf(field.type())).toList());
    };
  }
}

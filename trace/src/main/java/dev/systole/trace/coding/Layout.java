package dev.systole.trace.coding;

import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns of a list of fields, numbered depth first.
 *
 * <pre>
 * int, hex, bool, enumeration → the value
 * text                        → its place in the chunk's texts
 * bytes                       → n ≥ 0: n bytes of the next column; n &lt; 0: blob −1−n of the chunk
 *                               the bytes themselves, one after the other
 * list                        → how many elements, then the columns of the element
 * optional                    → 1 or 0, then the columns of the value
 * choice                      → the place of the alternative, then the columns of all alternatives
 * structure                   → the columns of its fields
 * </pre>
 */
public final class Layout {

  /**
   * A field, or the element of a list or an optional value.
   *
   * @param path names from the outermost field on, with dots, for messages
   * @param column the first of its columns
   * @param children the element of a list, the value of an optional, the fields of a structure, the
   *     alternatives of a choice
   * @param values the children, structures dissolved into their fields
   */
  public record Node(
      String path, FieldType type, int column, List<Node> children, List<Node> values) {
    Node(String path, FieldType type, int column, List<Node> children) {
      this(path, type, column, children, dissolved(children));
    }

    boolean isStructure() {
      return type instanceof FieldType.Struct;
    }
  }

  /**
   * A column.
   *
   * @param raw bytes instead of integers
   * @param context the column that predicts it, or −1
   */
  public record Column(String path, boolean raw, int context) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<Node> nodes;
  private final List<Node> values;

  public Layout(List<Field> fields) {
    nodes = siblings("", fields);
    values = dissolved(nodes);
  }

  private static List<Node> dissolved(List<Node> nodes) {
    return nodes.stream()
        .flatMap(node -> node.isStructure() ? node.values().stream() : Stream.of(node))
        .toList();
  }

  public List<Column> columns() {
    return columns;
  }

  public List<Node> nodes() {
    return nodes;
  }

  /** The nodes, structures dissolved into their fields. */
  List<Node> values() {
    return values;
  }

  private List<Node> siblings(String parent, List<Field> fields) {
    var columnOf = new HashMap<String, Integer>();
    var siblings = new ArrayList<Node>();
    for (Field field : fields) {
      columnOf.put(field.name(), columns.size());
      int context = columnOf.getOrDefault(field.context(), -1);
      siblings.add(node(parent + field.name(), field.type(), context));
    }
    return List.copyOf(siblings);
  }

  private Node node(String path, FieldType type, int context) {
    int first = columns.size();
    List<Node> children =
        switch (type) {
          case FieldType.Int _,
              FieldType.Hex _,
              FieldType.Bool _,
              FieldType.Text _,
              FieldType.Enumeration _ -> {
            columns.add(new Column(path, false, context));
            yield List.of();
          }
          case FieldType.Bytes _ -> {
            columns.add(new Column(path, false, -1));
            columns.add(new Column(path, true, -1));
            yield List.of();
          }
          case FieldType.ListOf(var element) -> {
            columns.add(new Column(path, false, -1));
            yield List.of(node(path + "[]", element, -1));
          }
          case FieldType.Maybe(var value) -> {
            columns.add(new Column(path, false, -1));
            yield List.of(node(path, value, -1));
          }
          case FieldType.OneOf(var alternatives) -> {
            columns.add(new Column(path, false, -1));
            yield siblings(path + ".", alternatives);
          }
          case FieldType.Struct(var fields) -> siblings(path + ".", fields);
        };
    return new Node(path, type, first, children);
  }
}

package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.coding.FieldColumnsReader;
import dev.systole.trace.coding.Layout.Node;
import dev.systole.trace.coding.Walk;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.event.Value;
import dev.systole.trace.schema.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one event, taken out of their columns one after the other, sizes of lists and
 * presence of optionals included. Used again for every event.
 */
final class EventFields implements FieldReader {
  private final Walk walk = new Walk();
  private FieldColumnsReader columns;
  private Node[] nodes = new Node[16];
  private long[] numbers = new long[16];
  private Object[] objects = new Object[16];
  private int count;
  private int position;

  /** Takes the fields of the next event out of its columns. */
  void take(FieldColumnsReader columns, ChunkNames names) throws BadContentException {
    this.columns = columns;
    count = 0;
    position = 0;
    walk.start(columns.layout());
    for (Node node = walk.next(); node != null; node = walk.next()) {
      if (count == Format.MOST_VALUES)
        throw new BadContentException("an event has too many values");
      if (count == nodes.length) grow();
      nodes[count] = node;
      take(node, columns.nextInteger(node.column()), names);
      count++;
    }
  }

  private void take(Node node, long number, ChunkNames names) throws BadContentException {
    numbers[count] = number;
    switch (node.type()) {
      case FieldType.Int _, FieldType.Hex _, FieldType.Enumeration _ -> {}
      case FieldType.Text _ -> objects[count] = names.text(number);
      case FieldType.Bytes _ -> objects[count] = blob(node, number, names);
      case FieldType.ListOf _ -> walk.enter(node, checked(number, Format.MOST_VALUES));
      case FieldType.Maybe _ -> walk.enter(node, checked(number, 1));
      case FieldType.OneOf(var alternatives) ->
          walk.enterAlternative(node, checked(number, alternatives.size() - 1));
      case FieldType.Bool _ -> checked(number, 1);
      case FieldType.Struct _ -> throw new AssertionError("the walk enters structures");
    }
  }

  private Blob blob(Node node, long number, ChunkNames names) throws BadContentException {
    if (number < 0) return names.blob(-1 - number);
    int raw = node.column() + 1;
    int begin = columns.nextRaw(raw, number);
    return Blob.of(columns.raw(raw), begin, (int) number);
  }

  private static int checked(long number, int most) throws BadContentException {
    if (number < 0 || number > most)
      throw new BadContentException(number + " where 0…" + most + " may stand");
    return (int) number;
  }

  private void grow() {
    nodes = Arrays.copyOf(nodes, 2 * count);
    numbers = Arrays.copyOf(numbers, 2 * count);
    objects = Arrays.copyOf(objects, 2 * count);
  }

  /** Hands them out from the first on. */
  FieldReader restart() {
    position = 0;
    return this;
  }

  /** All fields as values. */
  List<Value> values(List<Node> fields) {
    position = 0;
    return valuesOf(fields);
  }

  private List<Value> valuesOf(List<Node> fields) {
    var values = new ArrayList<Value>(fields.size());
    for (Node field : fields) values.add(value(field));
    return values;
  }

  private Value value(Node node) {
    return switch (node.type()) {
      case FieldType.Int _, FieldType.Hex _, FieldType.Enumeration _ -> new Value.Int(integer());
      case FieldType.Bool _ -> new Value.Bool(bool());
      case FieldType.Text _ -> new Value.Text(text());
      case FieldType.Bytes _ -> new Value.Bytes(bytes());
      case FieldType.Struct _ -> new Value.Fields(valuesOf(node.children()));
      case FieldType.Maybe _ ->
          new Value.Maybe(
              present() ? Optional.of(value(node.children().getFirst())) : Optional.empty());
      case FieldType.OneOf _ -> {
        int place = alternative();
        yield new Value.Chosen(place, value(node.children().get(place)));
      }
      case FieldType.ListOf _ -> {
        int size = listSize();
        var elements = new ArrayList<Value>(size);
        for (int i = 0; i < size; i++) elements.add(value(node.children().getFirst()));
        yield new Value.Items(elements);
      }
    };
  }

  @Override
  public long integer() {
    int at = next();
    return switch (nodes[at].type()) {
      case FieldType.Int _, FieldType.Hex _, FieldType.Enumeration _ -> numbers[at];
      default -> throw wrong(at, "an integer");
    };
  }

  @Override
  public boolean bool() {
    int at = next();
    if (!(nodes[at].type() instanceof FieldType.Bool)) throw wrong(at, "a truth value");
    return numbers[at] != 0;
  }

  @Override
  public String text() {
    int at = next();
    if (!(nodes[at].type() instanceof FieldType.Text)) throw wrong(at, "text");
    return (String) objects[at];
  }

  @Override
  public Blob bytes() {
    int at = next();
    if (!(nodes[at].type() instanceof FieldType.Bytes)) throw wrong(at, "bytes");
    return (Blob) objects[at];
  }

  @Override
  public int listSize() {
    int at = next();
    if (!(nodes[at].type() instanceof FieldType.ListOf)) throw wrong(at, "a list");
    return (int) numbers[at];
  }

  @Override
  public boolean present() {
    int at = next();
    if (!(nodes[at].type() instanceof FieldType.Maybe)) throw wrong(at, "an optional value");
    return numbers[at] != 0;
  }

  @Override
  public int alternative() {
    int at = next();
    if (!(nodes[at].type() instanceof FieldType.OneOf)) throw wrong(at, "a choice");
    return (int) numbers[at];
  }

  private int next() {
    if (position == count) throw new IllegalStateException("the event has no further field");
    return position++;
  }

  private IllegalStateException wrong(int at, String asked) {
    return new IllegalStateException("field " + nodes[at].path() + " is not " + asked);
  }
}

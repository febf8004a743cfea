package dev.systole.trace;

import dev.systole.trace.coding.FieldColumns;
import dev.systole.trace.coding.Layout.Node;
import dev.systole.trace.coding.Walk;
import dev.systole.trace.schema.FieldType;

/** Leads the fields of one event into their columns. */
final class FieldAppender implements FieldSink {
  private final ChunkEncoder encoder;
  private final Walk walk = new Walk();
  private FieldColumns columns;
  private boolean open;
  private int values;

  FieldAppender(ChunkEncoder encoder) {
    this.encoder = encoder;
  }

  FieldSink start(FieldColumns columns) {
    this.columns = columns;
    walk.start(columns.layout());
    values = 0;
    open = true;
    return this;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public FieldSink integer(long value) {
    Node node = next("an integer");
    switch (node.type()) {
      case FieldType.Int _, FieldType.Hex _ -> {}
      case FieldType.Enumeration(var names) when value >= 0 && value < names.size() -> {}
      default -> throw wrong(node, "the integer " + value);
    }
    columns.ints(node.column()).append(value);
    return this;
  }

  @Override
  public FieldSink bool(boolean value) {
    Node node = next("a truth value");
    if (!(node.type() instanceof FieldType.Bool)) throw wrong(node, "a truth value");
    columns.ints(node.column()).append(value ? 1 : 0);
    return this;
  }

  @Override
  public FieldSink text(String value) {
    Node node = next("text");
    if (!(node.type() instanceof FieldType.Text)) throw wrong(node, "text");
    columns.ints(node.column()).append(encoder.placeOfText(value));
    return this;
  }

  @Override
  public FieldSink bytes(byte[] source, int offset, int length) {
    Node node = next("bytes");
    if (!(node.type() instanceof FieldType.Bytes)) throw wrong(node, "bytes");
    encoder.appendBytes(columns, node.column(), source, offset, length);
    return this;
  }

  @Override
  public FieldSink listSize(int elements) {
    Node node = next("a list");
    if (!(node.type() instanceof FieldType.ListOf) || elements < 0)
      throw wrong(node, "a list of " + elements);
    columns.ints(node.column()).append(elements);
    walk.enter(node, elements);
    return this;
  }

  @Override
  public FieldSink present(boolean value) {
    Node node = next("an optional value");
    if (!(node.type() instanceof FieldType.Maybe)) throw wrong(node, "an optional value");
    columns.ints(node.column()).append(value ? 1 : 0);
    walk.enter(node, value ? 1 : 0);
    return this;
  }

  @Override
  public FieldSink alternative(int place) {
    Node node = next("a choice");
    if (!(node.type() instanceof FieldType.OneOf) || place < 0 || place >= node.children().size())
      throw wrong(node, "the alternative " + place);
    columns.ints(node.column()).append(place);
    walk.enterAlternative(node, place);
    return this;
  }

  @Override
  public void end() {
    Node missing = open ? walk.next() : null;
    if (missing != null) throw wrong(missing, "the end");
    open = false;
  }

  private Node next(String given) {
    Node node = open ? walk.next() : null;
    if (node == null) throw new IllegalStateException("the event takes no further field: " + given);
    if (++values > Format.MOST_VALUES)
      throw new IllegalStateException("an event of more than " + Format.MOST_VALUES + " values");
    encoder.countValue();
    return node;
  }

  private static IllegalStateException wrong(Node node, String given) {
    return new IllegalStateException(
        "field " + node.path() + " is " + node.type() + " and got " + given);
  }
}

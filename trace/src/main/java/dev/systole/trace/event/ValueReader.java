package dev.systole.trace.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Hands out values that were read before. */
final class ValueReader implements FieldReader {
  private final Deque<Value> rest = new ArrayDeque<>();

  ValueReader(List<Value> values) {
    pushAll(values);
  }

  @Override
  public long integer() {
    if (next() instanceof Value.Int(long value)) return value;
    throw wrongType("integer");
  }

  @Override
  public boolean bool() {
    if (next() instanceof Value.Bool(boolean value)) return value;
    throw wrongType("truth value");
  }

  @Override
  public String text() {
    if (next() instanceof Value.Text(String value)) return value;
    throw wrongType("text");
  }

  @Override
  public Blob bytes() {
    if (next() instanceof Value.Bytes(Blob value)) return value;
    throw wrongType("bytes");
  }

  @Override
  public int listSize() {
    if (!(next() instanceof Value.Items(List<Value> values))) throw wrongType("list");
    pushAll(values);
    return values.size();
  }

  @Override
  public boolean present() {
    if (!(next() instanceof Value.Maybe(var value))) throw wrongType("optional");
    value.ifPresent(rest::push);
    return value.isPresent();
  }

  @Override
  public int alternative() {
    if (!(next() instanceof Value.Chosen(int place, Value value))) throw wrongType("choice");
    rest.push(value);
    return place;
  }

  private Value next() {
    while (rest.peek() instanceof Value.Fields(List<Value> values)) {
      rest.pop();
      pushAll(values);
    }
    if (rest.isEmpty()) throw new IllegalStateException("the event has no further field");
    return rest.pop();
  }

  private void pushAll(List<Value> values) {
    values.reversed().forEach(rest::push);
  }

  private static IllegalStateException wrongType(String asked) {
    return new IllegalStateException("the event's next field is no " + asked);
  }
}

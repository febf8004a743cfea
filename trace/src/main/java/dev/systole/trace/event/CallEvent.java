package dev.systole.trace.event;

import dev.systole.trace.schema.CallType;
import java.util.List;

/**
 * A call passes a door. The leave that belongs to an enter is the next one on the same lane at the
 * same depth.
 */
public sealed interface CallEvent extends Event {

  CallType call();

  /** In the order of the call's fields. */
  List<Value> values();

  /** The call is entered with the values of its in-fields. */
  record CallEntered(At at, CallType call, List<Value> values) implements CallEvent {
    public CallEntered {
      values = List.copyOf(values);
    }
  }

  /** The call is left with the values of its out-fields. */
  record CallLeft(At at, CallType call, List<Value> values) implements CallEvent {
    public CallLeft {
      values = List.copyOf(values);
    }
  }

  /** Hands out the values as they were written. */
  default FieldReader reader() {
    return new ValueReader(values());
  }
}

package dev.systole.trace.event;

import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.Field;
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

  /**
   * Hands out the values in the order of the call as the caller knows it; fields that the file's
   * call does not have are 0, false or empty.
   */
  default FieldReader reader(CallType known) {
    List<Field> stored =
        switch (this) {
          case CallEntered _ -> call().in();
          case CallLeft _ -> call().out();
        };
    List<Field> wanted =
        switch (this) {
          case CallEntered _ -> known.in();
          case CallLeft _ -> known.out();
        };
    return new ValueReader(FieldMapping.map(stored, values(), wanted));
  }
}

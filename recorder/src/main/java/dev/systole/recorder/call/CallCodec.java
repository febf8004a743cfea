package dev.systole.recorder.call;

import dev.systole.driver.door.Call;
import dev.systole.driver.door.Return;
import dev.systole.recorder.call.ValueCodec.RecordCodec;
import dev.systole.trace.EventSink;
import dev.systole.trace.FieldSink;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.Door;

/** One kind of call in a trace. */
public final class CallCodec {
  private final Class<?> returnClass;
  private final CallType type;
  private final RecordCodec in;
  private final RecordCodec out;

  /**
   * @param id its number in the schema
   * @param name as its documentation writes it
   * @param callClass a record with a nested record {@code Return}
   */
  CallCodec(int id, Door door, String name, Class<?> callClass) {
    this.returnClass = returnOf(callClass);
    this.in = ValueCodec.ofRecord(callClass);
    this.out = ValueCodec.ofRecord(returnClass);
    this.type = new CallType(id, door, name, in.fields(), out.fields());
  }

  private static Class<?> returnOf(Class<?> callClass) {
    for (Class<?> nested : callClass.getDeclaredClasses()) {
      if (Return.class.isAssignableFrom(nested)) return nested;
    }
    throw new IllegalArgumentException(callClass + " has no nested Return");
  }

  /** What the schema says of it. */
  public CallType type() {
    return type;
  }

  /** Appends the event in which the call is entered. */
  void appendEnter(Object call, EventSink sink, int lane, long timeNanos) {
    FieldSink fields = sink.enter(type, lane, timeNanos);
    in.write(call, fields);
    fields.end();
  }

  /** Appends the event in which the call is left. */
  void appendLeave(Object result, EventSink sink, int lane, long timeNanos) {
    FieldSink fields = sink.leave(type, lane, timeNanos);
    out.write(result, fields);
    fields.end();
  }

  /** The class of its results. */
  Class<?> returnClass() {
    return returnClass;
  }

  /** The call that {@link #appendEnter} wrote. */
  Call<?> read(FieldReader fields) {
    return (Call<?>) in.read(fields);
  }

  /** The result that {@link #appendLeave} wrote. */
  Return readReturn(FieldReader fields) {
    return (Return) out.read(fields);
  }
}

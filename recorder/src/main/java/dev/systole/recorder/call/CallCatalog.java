package dev.systole.recorder.call;

import dev.systole.driver.app.AppCall;
import dev.systole.driver.ddi.DdiCall;
import dev.systole.driver.ddi.DriverEntry;
import dev.systole.driver.ddi.DxgkCallback;
import dev.systole.driver.ddi.DxgkInitialize;
import dev.systole.driver.door.Call;
import dev.systole.driver.door.Return;
import dev.systole.trace.EventSink;
import dev.systole.trace.LateEvent;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.Door;
import dev.systole.trace.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Every call of every door. Numbers are given in the order of the sealed interfaces and hold for
 * one file; across files calls are known by door and name.
 */
public final class CallCatalog {
  private record Name(Door door, String name) {}

  private static final CallCatalog INSTANCE = new CallCatalog();

  private final List<CallType> types = new ArrayList<>();

  /** By the class of the call and by that of its result. */
  private final Map<Class<?>, CallCodec> byClass = new HashMap<>();

  private final Map<Name, CallCodec> byName = new HashMap<>();
  private final Schema schema;
  private final LateEvent enter =
      (call, sink, lane, timeNanos) -> codecOf(call).appendEnter(call, sink, lane, timeNanos);
  private final LateEvent leave =
      (result, sink, lane, timeNanos) -> codecOf(result).appendLeave(result, sink, lane, timeNanos);

  private CallCatalog() {
    add(Door.APP, AppCall.class, call -> "D3DKMT" + call.getSimpleName());
    add(Door.DDI, DdiCall.class, CallCatalog::ddiName);
    add(Door.CALLBACK, DxgkCallback.class, CallCatalog::callbackName);
    schema = EventKinds.schema(types);
  }

  /** The calls that this version of Systole knows. */
  public static CallCatalog get() {
    return INSTANCE;
  }

  /** The schema of traces that hold these calls. */
  public Schema schema() {
    return schema;
  }

  /**
   * Appends the event in which a call is entered. Taking the call apart, and finding out how, is
   * left to whoever appends late.
   */
  public void enter(Call<?> call, EventSink sink, int lane, long timeNanos) {
    sink.defer(enter, call, lane, timeNanos);
  }

  /** Appends the event in which a call is left. */
  public void leave(Return result, EventSink sink, int lane, long timeNanos) {
    sink.defer(leave, result, lane, timeNanos);
  }

  private CallCodec codecOf(Object callOrReturn) {
    return byClass.get(callOrReturn.getClass());
  }

  /** The codec of a call of a trace, if this version has a call of that name. */
  public Optional<CallCodec> of(CallType type) {
    return Optional.ofNullable(byName.get(new Name(type.door(), type.name())));
  }

  private void add(Door door, Class<?> calls, Function<Class<?>, String> name) {
    for (Class<?> call : calls.getPermittedSubclasses()) {
      if (call.isSealed()) {
        add(door, call, name);
        continue;
      }
      var codec = new CallCodec(types.size(), door, name.apply(call), call);
      types.add(codec.type());
      byClass.put(call, codec);
      byClass.put(codec.returnClass(), codec);
      byName.put(new Name(door, codec.type().name()), codec);
    }
  }

  private static String ddiName(Class<?> call) {
    return call == DriverEntry.class ? "DriverEntry" : "DxgkDdi" + call.getSimpleName();
  }

  private static String callbackName(Class<?> call) {
    return call == DxgkInitialize.class ? "DxgkInitialize" : "DxgkCb" + call.getSimpleName();
  }
}

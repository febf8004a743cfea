package dev.systole.trace;

import dev.systole.trace.coding.Layout;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is worked out once of a schema: the layouts of its kinds and calls, the makers of records.
 */
final class Layouts {
  /** The one field of a kind that is about calls; the others are the call's. */
  private static final List<Field> CALL_FIELDS = List.of(Field.integer("call").bySelf());

  private final Schema schema;
  private final EventMakers makers;
  private final Layout[] kinds = new Layout[256];
  private final Map<Integer, Layout> enters = new HashMap<>();
  private final Map<Integer, Layout> leaves = new HashMap<>();

  Layouts(Schema schema) {
    this.schema = schema;
    makers = new EventMakers(schema);
    for (EventKind kind : schema.kinds())
      kinds[kind.id()] = new Layout(kind.role() == CallRole.NONE ? kind.fields() : CALL_FIELDS);
    for (CallType call : schema.calls()) {
      enters.put(call.id(), new Layout(call.in()));
      leaves.put(call.id(), new Layout(call.out()));
    }
  }

  Schema schema() {
    return schema;
  }

  EventMakers makers() {
    return makers;
  }

  /** Of the kind of that number, or null. */
  Layout kind(int id) {
    return id < 0 || id > 255 ? null : kinds[id];
  }

  /** Of the in-fields of the call of that number, or null. */
  Layout enter(int call) {
    return enters.get(call);
  }

  /** Of the out-fields of the call of that number, or null. */
  Layout leave(int call) {
    return leaves.get(call);
  }
}

package dev.systole.trace.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds of events and all calls that a trace may hold. */
public final class Schema {
  private final List<EventKind> kinds;
  private final List<CallType> calls;
  private final EventKind[] kindById = new EventKind[256];
  private final Map<String, EventKind> kindByName = new HashMap<>();
  private final Map<Integer, CallType> callById = new HashMap<>();

  /**
   * @throws IllegalArgumentException when two kinds share an id or a name, or two calls an id, or
   *     two calls of one door a name
   */
  public Schema(List<EventKind> kinds, List<CallType> calls) {
    this.kinds = List.copyOf(kinds);
    this.calls = List.copyOf(calls);
    for (EventKind kind : kinds) {
      if (kindById[kind.id()] != null || kindByName.put(kind.name(), kind) != null)
        throw new IllegalArgumentException("event kind " + kind.name() + " stands twice");
      kindById[kind.id()] = kind;
    }
    record Name(Door door, String name) {}
    var names = new HashSet<Name>();
    for (CallType call : calls)
      if (callById.put(call.id(), call) != null || !names.add(new Name(call.door(), call.name())))
        throw new IllegalArgumentException("call " + call.name() + " stands twice");
  }

  /** In the order of the file. */
  public List<EventKind> kinds() {
    return kinds;
  }

  /** In the order of the file. */
  public List<CallType> calls() {
    return calls;
  }

  public Optional<EventKind> kind(int id) {
    return id < 0 || id > 255 ? Optional.empty() : Optional.ofNullable(kindById[id]);
  }

  public Optional<EventKind> kind(String name) {
    return Optional.ofNullable(kindByName.get(name));
  }

  public Optional<CallType> call(int id) {
    return Optional.ofNullable(callById.get(id));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema
        && kinds.equals(schema.kinds)
        && calls.equals(schema.calls);
  }

  @Override
  public int hashCode() {
    return 31 * kinds.hashCode() + calls.hashCode();
  }

  @Override
  public String toString() {
    return kinds.size() + " kinds of events, " + calls.size() + " calls";
  }
}

package dev.systole.trace.schema;

import java.util.List;

/**
 * A kind of event.
 *
 * @param id 0 … 255, unique in its schema
 * @param name unique in its schema, lower case with hyphens
 * @param door the door of the calls that the kind is about; without meaning where {@code role} is
 *     {@link CallRole#NONE}, and then {@link Door#APP}
 * @param fields empty where the kind is about a call
 */
public record EventKind(
    int id, String name, Author author, CallRole role, Door door, List<Field> fields) {

  public EventKind {
    if (id < 0 || id > 255)
      throw new IllegalArgumentException("event kind " + name + " has the id " + id);
    fields = Field.checked(fields);
    if (role != CallRole.NONE && !fields.isEmpty())
      throw new IllegalArgumentException("event kind " + name + " has fields besides its call's");
  }

  /** A kind that has fields of its own. */
  public static EventKind of(int id, String name, Author author, Field... fields) {
    return new EventKind(id, name, author, CallRole.NONE, Door.APP, List.of(fields));
  }

  /** The kind of the events in which a call of the door is entered or left. */
  public static EventKind ofCall(int id, String name, Author author, CallRole role, Door door) {
    return new EventKind(id, name, author, role, door, List.of());
  }
}

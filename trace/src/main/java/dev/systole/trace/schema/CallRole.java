package dev.systole.trace.schema;

/** What an event has to do with a call. */
public enum CallRole {
  /** Nothing: the event's fields are those of its kind. */
  NONE,
  /** The call is entered: the event's fields are the call's in-fields. */
  ENTER,
  /** The call is left: the event's fields are the call's out-fields. */
  LEAVE
}

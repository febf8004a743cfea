package dev.systole.trace.event;

/** Something that crossed a door, or that somebody inside let the recorder know. */
public sealed interface Event
    permits BusEvent, CallEvent, MappingEvent, WorldEvent, HealthEvent, StateHash, UnknownEvent {

  At at();

  /** Counted from 0 over the whole trace. */
  default long number() {
    return at().number();
  }

  default long timeNanos() {
    return at().timeNanos();
  }

  default Lane lane() {
    return at().lane();
  }
}

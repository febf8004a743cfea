package dev.systole.trace.event;

/** What nobody inside decides. */
public sealed interface WorldEvent extends Event {

  /**
   * A fault fired.
   *
   * @param fault as the user wrote it
   * @param engine what it hit: an engine, a power well, a pipe; empty: the device
   * @param batchOrdinal of the first-level batch that the engine was in, from 1; 0 for none
   * @param commandAddress of the command at which it fired; 0 for none
   * @param occasion which command, deed or moment it was, so that it can fire there again
   */
  record FaultFired(
      At at, String fault, String engine, long batchOrdinal, long commandAddress, long occasion)
      implements WorldEvent {}

  /** A registry or sysfs value as the driver found it. */
  record Registry(At at, String name, String value) implements WorldEvent {}

  record HotPlug(At at, String function) implements WorldEvent {}

  record SurpriseRemoval(At at, String function) implements WorldEvent {}
}

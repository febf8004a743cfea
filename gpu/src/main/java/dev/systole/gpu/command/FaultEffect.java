package dev.systole.gpu.command;

/** What faults did to the engine before a command; a later one includes those before it. */
public enum FaultEffect {
  /** Nothing that the command would notice now. */
  NONE,
  /** Memory was changed: the command has to be fetched again. */
  CHANGED,
  /** The engine stops here for ever. */
  STOPPED
}

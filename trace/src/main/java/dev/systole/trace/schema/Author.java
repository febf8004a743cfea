package dev.systole.trace.schema;

/**
 * Who decided that an event happens. Replay feeds the events of the authors above its cut and
 * re-executes the others.
 */
public enum Author {
  /** An application or its user-mode driver. */
  APP,
  /** The operating system's kernel. */
  OS,
  /** The kernel-mode driver. */
  KMD,
  /** The simulated hardware. */
  GPU,
  /** What nobody inside decides: hot plug, registry values, the moment a fault fires. */
  WORLD
}

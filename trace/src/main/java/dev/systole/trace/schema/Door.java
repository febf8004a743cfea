package dev.systole.trace.schema;

/** The doors that calls pass. */
public enum Door {
  /** From an application into the kernel. */
  APP,
  /** From the kernel into the kernel-mode driver. */
  DDI,
  /** From the kernel-mode driver back into the kernel. */
  CALLBACK
}

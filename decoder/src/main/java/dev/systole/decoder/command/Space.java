package dev.systole.decoder.command;

/** Which page tables an address goes through. */
public enum Space {
  /** The device's own, 32 bits: rings, contexts, status pages. */
  GGTT,
  /** Those of the running context, 48 bits: batches and what they use. */
  PPGTT
}

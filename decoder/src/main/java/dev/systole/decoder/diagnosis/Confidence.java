package dev.systole.decoder.diagnosis;

import java.util.Locale;

/** How sure a diagnosis is of its cause. */
public enum Confidence {
  /** The best guess. */
  LOW,
  /** What the registers suggest. */
  MEDIUM,
  /** The dump shows it. */
  HIGH;

  /** {@code high}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

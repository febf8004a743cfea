package dev.systole.decoder.diagnosis;

import java.util.Optional;

/** Recognises one kind of hang. */
@FunctionalInterface
interface Rule {
  /** What it finds; nothing when it does not apply. */
  Optional<Finding> examine(EngineCase suspect);
}

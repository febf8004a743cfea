package dev.systole.bridge.aub;

import java.util.Optional;

/** What a memory write of an AUB addresses. */
public enum AubSpace {
  /** The device's own page tables, which must have been written before. */
  GGTT,
  /** The device's own memory. */
  LOCAL,
  /** System memory, behind all page tables. */
  PHYSICAL,
  /** The entries of the GGTT, eight bytes for each page. */
  GGTT_ENTRY,
  /** Classic files only: one space for everything, without page tables. */
  FLAT;

  /** The space of a memtrace packet, by the number in it. */
  static Optional<AubSpace> ofMemtrace(int number) {
    return Optional.ofNullable(
        switch (number) {
          case 0 -> GGTT;
          case 1 -> LOCAL;
          case 2 -> PHYSICAL;
          case 4 -> GGTT_ENTRY;
          default -> null;
        });
  }
}

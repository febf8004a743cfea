package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Damage;
import java.util.Optional;

/** Notices what mail and forums do to the lines of a file, and says each of it once. */
final class Layout {
  private boolean saidCarriageReturn;
  private boolean saidIndentation;
  private boolean blockEntered;
  private boolean blocksAreIndented = true;

  /** Looks at the next line, before it is read. */
  Optional<Damage> see(Line line, Bytes text) {
    if (blockEntered) {
      blockEntered = false;
      blocksAreIndented = line.indent() > 0;
      return expectIndented(line);
    }
    boolean endsWithReturn = line.end() < text.sizeBytes() && text.unsignedByte(line.end()) == '\r';
    if (saidCarriageReturn || !endsWithReturn) return Optional.empty();
    saidCarriageReturn = true;
    return Optional.of(harmless(line, "lines end in CR LF"));
  }

  /** The line seen last is the head of an engine block. */
  void enterBlock() {
    blockEntered = true;
  }

  /** Whether the lines of the engine block at hand are indented, as the kernel prints them. */
  boolean blocksAreIndented() {
    return blocksAreIndented;
  }

  /** Looks at a line that the kernel indents. */
  Optional<Damage> expectIndented(Line line) {
    if (saidIndentation || line.indent() > 0) return Optional.empty();
    saidIndentation = true;
    return Optional.of(harmless(line, "the indentation is lost"));
  }

  private static Damage harmless(Line line, String what) {
    return new Damage(line.number(), line.start(), what, "mail or a forum changed it; harmless");
  }
}

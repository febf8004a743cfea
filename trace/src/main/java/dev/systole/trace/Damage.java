package dev.systole.trace;

/**
 * Something in a file that cannot be read; everything else can.
 *
 * @param offsetBytes where it begins in the file
 * @param part of the file: "header", "chunk of events 0…65535", "blob", "index", "footer"
 * @param what is wrong with it
 */
public record Damage(long offsetBytes, String part, String what) {
  @Override
  public String toString() {
    return "at byte " + offsetBytes + ": " + part + ": " + what;
  }
}

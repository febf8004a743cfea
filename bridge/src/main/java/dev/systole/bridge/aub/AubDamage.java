package dev.systole.bridge.aub;

/**
 * Something wrong with an AUB that could be read all the same.
 *
 * @param offsetBytes where in the (unzipped) file the packet begins
 * @param what what is missing or wrong
 * @param why what it means
 */
public record AubDamage(long offsetBytes, String what, String why) {
  @Override
  public String toString() {
    return "byte %d: %s (%s)".formatted(offsetBytes, what, why);
  }
}

package dev.systole.errorstate;

/**
 * Something wrong with a file that could be read all the same.
 *
 * @param line the line of the (unzipped) file, from 1
 * @param offsetBytes where in the (unzipped) file it begins, from 0
 * @param what what is missing or wrong
 * @param why what it means, or what probably happened to the file
 */
public record Damage(int line, long offsetBytes, String what, String why) {
  @Override
  public String toString() {
    return "line %d, byte %d: %s (%s)".formatted(line, offsetBytes, what, why);
  }
}

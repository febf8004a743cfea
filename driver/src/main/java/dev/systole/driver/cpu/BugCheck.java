package dev.systole.driver.cpu;

/** The kernel stops the whole machine, since it cannot go on safely (a blue screen). */
public final class BugCheck extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param text the stop code, its parameters and why
   */
  public BugCheck(String text) {
    super("bug check " + text);
  }
}

package dev.systole.driver.core;

/** Told that a request is over. */
@FunctionalInterface
public interface CompletionListener {
  /**
   * The fence of {@code request} has signalled; {@link CoreRequest#error} says how it ended. Called
   * in interrupt or DPC context, in the order of the requests of one context: must not block, may
   * submit.
   */
  void requestCompleted(CoreRequest request);
}

package dev.systole.driver.core.request;

/** Where contexts hand their requests to. */
public interface Submission {
  /** Before the first request of an idle engine is written: wakes it. */
  void wake();

  /** Takes a request that is complete in its ring. */
  void submit(Request request);

  /** A request has left its ring. */
  void retired(Request request);
}

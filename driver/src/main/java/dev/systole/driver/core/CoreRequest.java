package dev.systole.driver.core;

/** A batch that was handed to the hardware. Made by {@link CoreContext#submit}. */
public interface CoreRequest {
  /** The context that it runs in. */
  CoreContext context();

  /** Its number on the context's timeline. */
  int seqno();

  /** Whether its fence has signalled. */
  boolean completed();

  /** 0, or the negative errno with which its fence was signalled: -5 (EIO) when it hung. */
  int error();
}

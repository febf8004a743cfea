package dev.systole.driver.core;

import dev.systole.spec.Engine;

/** A context of the hardware. Made by {@link GpuCore#createContext}. */
public interface CoreContext {
  /** Its number, which health events carry; never used again in a machine. */
  int id();

  /** The engine that it runs on. */
  Engine engine();

  /** Whose context it is. */
  ContextOwner owner();

  /**
   * Queues a batch behind those that were submitted before. Never blocks; may be called in
   * interrupt context. Every batch begins with an invalidation of the TLBs and ends with a flush,
   * so that page tables may change between two of them.
   *
   * @param batchAddress GPU virtual address of the first command, 8-byte aligned
   * @param lengthBytes its length, a multiple of 8; what a capture copies
   * @param listener told once, when the request is over
   * @throws RingFullException when the ring has no room: earlier batches must complete first
   */
  CoreRequest submit(long batchAddress, int lengthBytes, CompletionListener listener);

  /**
   * Sets another top-level page table. The context must be idle.
   *
   * @param pageTableRoot bus address of the PML4
   */
  void setPageTableRoot(long pageTableRoot);

  /** Whether a reset found this context guilty: a front end refuses its further submissions. */
  boolean inError();

  /** Whether nothing that was submitted is outstanding. */
  boolean idle();

  /**
   * Gives ring and image back, as soon as the hardware has saved the context and everything that
   * was submitted is done or was thrown away by a reset (i915: context_close; the last request
   * frees).
   */
  void destroy();
}

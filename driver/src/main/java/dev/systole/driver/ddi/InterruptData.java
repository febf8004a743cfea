package dev.systole.driver.ddi;

/** {@code DXGKARGCB_NOTIFY_INTERRUPT_DATA}: its union, by interrupt type (wddm.md 4.5). */
public sealed interface InterruptData {
  /** DXGK_INTERRUPT_DMA_COMPLETED: this packet of the node and all before it are done. */
  record DmaCompleted(int submissionFenceId, int nodeOrdinal, int engineOrdinal)
      implements InterruptData {}
}

package dev.systole.driver.ddi.caps;

import dev.systole.driver.door.Bit;

/**
 * {@code DXGK_DRIVERCAPS}: the first query after the start.
 *
 * @param interruptMessageNumber the one message of the MSI
 * @param nbAsymetricProcessingNodes nodes of the engine topology
 * @param wddmVersion {@code DXGK_WDDMVERSION}
 */
public record DriverCaps(
    long highestAcceptableAddress,
    long apertureSegmentCommitLimitBytes,
    int interruptMessageNumber,
    SchedulingCaps schedulingCaps,
    MemoryManagementCaps memoryManagementCaps,
    int pagingNode,
    int nbAsymetricProcessingNodes,
    int wddmVersion,
    int graphicsPreemptionGranularity,
    int computePreemptionGranularity,
    boolean supportPerEngineTdr) {
  public static final int WDDM2_0 = 0x2000;

  /** D3DKMDT_…_PREEMPTION_DMA_BUFFER_BOUNDARY. */
  public static final int PREEMPTION_DMA_BUFFER_BOUNDARY = 100;

  /** DXGK_VIDSCHCAPS. */
  public record SchedulingCaps(
      @Bit(0) boolean multiEngineAware,
      @Bit(2) boolean preemptionAware,
      @Bit(3) boolean noDmaPatching,
      @Bit(4) boolean cancelCommandAware,
      @Bit(value = 7, width = 4) int hwQueuePacketCap) {}

  /** DXGK_VIDMMCAPS. */
  public record MemoryManagementCaps(
      @Bit(1) boolean dedicatedPagingEngine,
      @Bit(5) boolean virtualAddressingSupported,
      @Bit(6) boolean gpuMmuSupported,
      @Bit(7) boolean ioMmuSupported) {}
}

package dev.systole.driver.core.request;

import static dev.systole.spec.gen12.MiCommands.MI_FLUSH_DW;
import static dev.systole.spec.gen12.MiCommands.MI_FLUSH_DW_CCS_FLUSH;
import static dev.systole.spec.gen12.MiCommands.MI_FLUSH_DW_DESTINATION_ADDRESS_TYPE_GGTT;
import static dev.systole.spec.gen12.MiCommands.MI_FLUSH_DW_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA;
import static dev.systole.spec.gen12.MiCommands.MI_FLUSH_DW_STORE_DATA_INDEX;
import static dev.systole.spec.gen12.MiCommands.MI_FLUSH_DW_TLB_INVALIDATE;
import static dev.systole.spec.gen12.MiCommands.MI_FLUSH_DW_VIDEO_PIPELINE_CACHE_INVALIDATE;

import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;

/** Copy and media engines flush by MI_FLUSH_DW, here always with a dword of data. */
final class FlushDwEmission extends Emission {
  private static final int FLUSH = MI_FLUSH_DW | lengthBits(4);
  private static final int FLUSH_AND_STORE =
      FLUSH | MI_FLUSH_DW_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA;

  private final int auxInvalidateRegister;
  private final int invalidateHeader;

  FlushDwEmission(Engine engine, int auxInvalidateRegister, int preemptSemaphoreAddress) {
    super(preemptSemaphoreAddress);
    this.auxInvalidateRegister = auxInvalidateRegister;
    this.invalidateHeader =
        FLUSH_AND_STORE
            | MI_FLUSH_DW_STORE_DATA_INDEX
            | MI_FLUSH_DW_TLB_INVALIDATE
            | ownCaches(engine.engineClass());
  }

  private static int ownCaches(EngineClass engineClass) {
    return switch (engineClass) {
      case COPY -> MI_FLUSH_DW_CCS_FLUSH;
      case VIDEO -> MI_FLUSH_DW_VIDEO_PIPELINE_CACHE_INVALIDATE;
      case VIDEO_ENHANCE, RENDER, COMPUTE -> 0;
    };
  }

  @Override
  void emitInvalidate(Ring ring) {
    int[] invalidate = {invalidateHeader, SCRATCH_OFFSET_BYTES, 0, 0};
    ring.emit(withPreParserOff(invalidate, auxInvalidate(auxInvalidateRegister)));
  }

  @Override
  int[] flushAndStore(int address, int seqno) {
    return new int[] {
      FLUSH,
      0,
      0,
      0, // no store; then the breadcrumb
      FLUSH_AND_STORE,
      address | MI_FLUSH_DW_DESTINATION_ADDRESS_TYPE_GGTT,
      0,
      seqno
    };
  }
}

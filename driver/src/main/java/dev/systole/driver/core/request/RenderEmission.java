package dev.systole.driver.core.request;

import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_COMMAND_CACHE_INVALIDATE_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_COMMAND_STREAMER_STALL_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_CONSTANT_CACHE_INVALIDATION_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_DC_FLUSH_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_DEPTH_CACHE_FLUSH_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_DEPTH_STALL_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_DESTINATION_ADDRESS_TYPE_GGTT;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_HDC_PIPELINE_FLUSH_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_INSTRUCTION_CACHE_INVALIDATE_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_LENGTH_DWORDS;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_PIPE_CONTROL_FLUSH_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_PROTECTED_MEMORY_DISABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_RENDER_TARGET_CACHE_FLUSH_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_STATE_CACHE_INVALIDATION_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_STORE_DATA_INDEX;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_TEXTURE_CACHE_INVALIDATION_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_TILE_CACHE_FLUSH_ENABLE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_TLB_INVALIDATE;
import static dev.systole.spec.gen12.RenderCommands.PIPE_CONTROL_VF_CACHE_INVALIDATION_ENABLE;

/** Render and compute engines flush by PIPE_CONTROL. */
final class RenderEmission extends Emission {
  private static final int HEADER = PIPE_CONTROL | lengthBits(PIPE_CONTROL_LENGTH_DWORDS);
  private static final int FLUSH_HEADER = HEADER | PIPE_CONTROL_HDC_PIPELINE_FLUSH_ENABLE;

  private static final int FLUSH_CACHES =
      PIPE_CONTROL_TILE_CACHE_FLUSH_ENABLE
          | PIPE_CONTROL_RENDER_TARGET_CACHE_FLUSH_ENABLE
          | PIPE_CONTROL_DEPTH_CACHE_FLUSH_ENABLE
          | PIPE_CONTROL_DC_FLUSH_ENABLE
          | PIPE_CONTROL_DEPTH_STALL_ENABLE
          | PIPE_CONTROL_PIPE_CONTROL_FLUSH_ENABLE
          | PIPE_CONTROL_COMMAND_STREAMER_STALL_ENABLE;

  private static final int STORE_SCRATCH =
      PIPE_CONTROL_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA | PIPE_CONTROL_STORE_DATA_INDEX;

  private static final int INVALIDATE_CACHES =
      PIPE_CONTROL_COMMAND_CACHE_INVALIDATE_ENABLE
          | PIPE_CONTROL_TLB_INVALIDATE
          | PIPE_CONTROL_INSTRUCTION_CACHE_INVALIDATE_ENABLE
          | PIPE_CONTROL_TEXTURE_CACHE_INVALIDATION_ENABLE
          | PIPE_CONTROL_VF_CACHE_INVALIDATION_ENABLE
          | PIPE_CONTROL_CONSTANT_CACHE_INVALIDATION_ENABLE
          | PIPE_CONTROL_STATE_CACHE_INVALIDATION_ENABLE
          | PIPE_CONTROL_COMMAND_STREAMER_STALL_ENABLE
          | STORE_SCRATCH;

  /** What i915 calls FLUSH_L3 is this bit on Gen12 (gen12-commands.md 3.1). */
  private static final int FLUSH_L3 = PIPE_CONTROL_PROTECTED_MEMORY_DISABLE;

  private static final int FLUSH_BEFORE_BREADCRUMB =
      FLUSH_CACHES | FLUSH_L3 | PIPE_CONTROL_TLB_INVALIDATE;

  private static final int STORE_BREADCRUMB =
      PIPE_CONTROL_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA
          | PIPE_CONTROL_DESTINATION_ADDRESS_TYPE_GGTT
          | PIPE_CONTROL_COMMAND_STREAMER_STALL_ENABLE
          | PIPE_CONTROL_PIPE_CONTROL_FLUSH_ENABLE;

  private final int auxInvalidateRegister;

  RenderEmission(int auxInvalidateRegister, int preemptSemaphoreAddress) {
    super(preemptSemaphoreAddress);
    this.auxInvalidateRegister = auxInvalidateRegister;
  }

  @Override
  void emitInvalidate(Ring ring) {
    ring.emit(FLUSH_HEADER, FLUSH_CACHES | STORE_SCRATCH, SCRATCH_OFFSET_BYTES, 0, 0, 0);
    int[] invalidate = {HEADER, INVALIDATE_CACHES, SCRATCH_OFFSET_BYTES, 0, 0, 0};
    ring.emit(withPreParserOff(invalidate, auxInvalidate(auxInvalidateRegister)));
  }

  @Override
  int[] flushAndStore(int address, int seqno) {
    return new int[] {
      FLUSH_HEADER,
      FLUSH_BEFORE_BREADCRUMB,
      0,
      0,
      0,
      0, // all caches, then the breadcrumb
      HEADER,
      STORE_BREADCRUMB,
      address,
      0,
      seqno,
      0
    };
  }
}

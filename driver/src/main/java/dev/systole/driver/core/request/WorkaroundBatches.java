package dev.systole.driver.core.request;

import static dev.systole.spec.gen12.GtRegisters.CS_DEBUG_MODE2;
import static dev.systole.spec.gen12.GtRegisters.CS_DEBUG_MODE2_STATE_CACHE_INVALIDATE;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_END;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_END_PREDICATE_ENABLE;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_MEM;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_MEM_ADD_CS_MMIO_START_OFFSET;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_MEM_LENGTH_DWORDS;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_MEM_USE_GLOBAL_GTT;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_REG;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_REG_ADD_CS_MMIO_START_OFFSET_DESTINATION;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_REG_ADD_CS_MMIO_START_OFFSET_SOURCE;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_REG_LENGTH_DWORDS;
import static dev.systole.spec.gen12.MiCommands.MI_SET_PREDICATE;
import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM;
import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM_USE_GLOBAL_GTT;
import static dev.systole.spec.gen12.RingRegisters.CS_GPR;
import static dev.systole.spec.gen12.RingRegisters.RING_CMD_BUF_CCTL;
import static dev.systole.spec.gen12.RingRegisters.RING_CTX_TIMESTAMP;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_CS_GPR_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_CMD_BUF_CCTL_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.core.mm.GgttRange;
import dev.systole.spec.Engine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a context runs while it is restored: two pages behind its image (i915: intel_lrc.c:
 * gen12_emit_indirect_ctx_rcs, gen12_emit_indirect_ctx_xcs; i915-kernel.md 4.3).
 */
final class WorkaroundBatches {
  /** How many pages they take. */
  static final int PAGES = 2;

  private static final int CACHE_LINE_BYTES = 64;
  private static final int BATCH_BYTES_MAX = 4 * CACHE_LINE_BYTES;

  /** The batch that ends the context's own batches under a predicate; engines of DG2 use it. */
  private static final int PREDICATE_OFFSET_BYTES = 2048;

  private static final int PREDICATE_DWORD_OFFSET_BYTES = 0xff8;

  private static final int LOAD_FROM_IMAGE =
      MI_LOAD_REGISTER_MEM
          | MI_LOAD_REGISTER_MEM_USE_GLOBAL_GTT
          | MI_LOAD_REGISTER_MEM_ADD_CS_MMIO_START_OFFSET
          | Emission.lengthBits(MI_LOAD_REGISTER_MEM_LENGTH_DWORDS);
  private static final int COPY_REGISTER =
      MI_LOAD_REGISTER_REG
          | MI_LOAD_REGISTER_REG_ADD_CS_MMIO_START_OFFSET_SOURCE
          | MI_LOAD_REGISTER_REG_ADD_CS_MMIO_START_OFFSET_DESTINATION
          | Emission.lengthBits(MI_LOAD_REGISTER_REG_LENGTH_DWORDS);
  private static final int STORE_GGTT =
      MI_STORE_DATA_IMM | MI_STORE_DATA_IMM_USE_GLOBAL_GTT | Emission.lengthBits(4);

  private final int imageAddress;
  private final int pageAddress;
  private final ByteBuffer content =
      ByteBuffer.allocate(BATCH_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);

  private WorkaroundBatches(GgttRange image, int offsetBytes) {
    this.imageAddress = image.ggttAddress();
    this.pageAddress = image.ggttAddress() + offsetBytes;
  }

  /**
   * Writes both batches behind the {@code firstPage} pages that the hardware knows.
   *
   * @return the length of the first one in cache lines
   */
  static int write(GgttRange image, int firstPage, Engine engine, int auxInvalidateRegister) {
    int offsetBytes = firstPage * SystemMemory.PAGE_BYTES;
    var indirect = new WorkaroundBatches(image, offsetBytes);
    int lines = indirect.indirectContext(engine, auxInvalidateRegister);
    image.write(offsetBytes, indirect.bytes(lines * CACHE_LINE_BYTES));
    var predicate = new WorkaroundBatches(image, offsetBytes);
    predicate.predicate();
    image.write(
        offsetBytes + PREDICATE_OFFSET_BYTES, predicate.bytes(predicate.content.position()));
    image.write32(offsetBytes + SystemMemory.PAGE_BYTES, MI_BATCH_BUFFER_END);
    return lines;
  }

  private int indirectContext(Engine engine, int auxInvalidateRegister) {
    loadScratch(RENDER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD);
    copyScratchTo(RING_CTX_TIMESTAMP);
    copyScratchTo(RING_CTX_TIMESTAMP);
    if (ContextLayout.hasRenderState(engine)) {
      loadScratch(RENDER_CONTEXT_STATE_RING_CMD_BUF_CCTL_DWORD);
      copyScratchTo(RING_CMD_BUF_CCTL);
    }
    loadScratch(RENDER_CONTEXT_STATE_CS_GPR_DWORD);
    put(Emission.auxInvalidate(auxInvalidateRegister));
    if (ContextLayout.hasRenderState(engine)) {
      put(
          MI_LOAD_REGISTER_IMM | Emission.lengthBits(3),
          CS_DEBUG_MODE2,
          CS_DEBUG_MODE2_STATE_CACHE_INVALIDATE << 16 | CS_DEBUG_MODE2_STATE_CACHE_INVALIDATE);
    }
    return (content.position() + CACHE_LINE_BYTES - 1) / CACHE_LINE_BYTES;
  }

  /** The first general purpose register is borrowed, and given back at the end. */
  private void loadScratch(int stateDword) {
    int address = imageAddress + SystemMemory.PAGE_BYTES + stateDword * Integer.BYTES;
    put(LOAD_FROM_IMAGE, CS_GPR, address, 0);
  }

  private void copyScratchTo(int register) {
    put(COPY_REGISTER, CS_GPR, register);
  }

  private void predicate() {
    int dword = pageAddress + PREDICATE_DWORD_OFFSET_BYTES;
    put(STORE_GGTT, dword, 0, 0);
    put(MI_BATCH_BUFFER_END | MI_BATCH_BUFFER_END_PREDICATE_ENABLE);
    put(MI_SET_PREDICATE);
    put(STORE_GGTT, dword, 0, 1);
    put(MI_BATCH_BUFFER_END);
  }

  private byte[] bytes(int lengthBytes) {
    return Arrays.copyOf(content.array(), lengthBytes);
  }

  private void put(int... dwords) {
    for (int dword : dwords) content.putInt(dword);
  }
}

package dev.systole.driver.core.request;

import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_END;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_END_END_CONTEXT;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM_FORCE_POSTED;
import static dev.systole.spec.gen12.SubmissionStructures.OTHER_CONTEXT_STATE_BATCH_BUFFER_END_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_BATCH_BUFFER_END_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_0_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_1_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_2_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_3_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_4_DWORD;

import dev.systole.driver.core.SystemMemory;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The register page of a context image as the hardware reads and writes it: lists of registers,
 * each headed by an MI_LOAD_REGISTER_IMM (i915: intel_lrc.c: gen12_rcs_offsets, gen12_xcs_offsets;
 * i915-kernel.md 4.3).
 */
final class ContextLayout {
  private static final int POSTED_FROM_BASE =
      MI_LOAD_REGISTER_IMM_FORCE_POSTED | MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET;
  private static final int GPR_FIRST = 0x600;
  private static final int GPR_DWORDS = 32;

  private static final int[] RING_REGISTERS = {
    0x244, 0x034, 0x030, 0x038, 0x03c, 0x168, 0x140, 0x110, 0x1c0, 0x1c4, 0x1c8, 0x180, 0x2b4
  };
  private static final int[] PAGE_DIRECTORY_REGISTERS = {
    0x3a8, 0x28c, 0x288, 0x284, 0x280, 0x27c, 0x278, 0x274, 0x270
  };
  private static final int[] RENDER_REGISTERS = {0x1b0, 0x5a8, 0x5ac};
  private static final int[] POWER_REGISTERS = {0x0c8};
  private static final int[] RENDER_STATE_BEFORE_GPRS = {
    0x588, 0x588, 0x588, 0x588, 0x588, 0x588, 0x028, 0x09c, 0x0c0, 0x178, 0x17c, 0x358, 0x170,
    0x150, 0x154, 0x158, 0x41c
  };
  private static final int[] RENDER_STATE_AFTER_GPRS = {0x068, 0x084};

  private final int mmioBase;
  private final ByteBuffer page =
      ByteBuffer.allocate(SystemMemory.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private ContextLayout(int mmioBase) {
    this.mmioBase = mmioBase;
  }

  /** The page of a context that has never run: offsets everywhere, values zero. */
  static byte[] registerPage(Engine engine) {
    var layout = new ContextLayout(engine.mmioBase());
    layout.list(
        RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_0_DWORD, POSTED_FROM_BASE, RING_REGISTERS);
    layout.list(
        RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_1_DWORD,
        POSTED_FROM_BASE,
        PAGE_DIRECTORY_REGISTERS);
    if (hasRenderState(engine)) {
      layout.renderState();
      layout.endAt(RENDER_CONTEXT_STATE_BATCH_BUFFER_END_DWORD);
    } else {
      layout.endAt(OTHER_CONTEXT_STATE_BATCH_BUFFER_END_DWORD);
    }
    return layout.page.array();
  }

  /** Whether the image of an engine holds more than the ring's and page directories' registers. */
  static boolean hasRenderState(Engine engine) {
    return engine.engineClass() == EngineClass.RENDER
        || engine.engineClass() == EngineClass.COMPUTE;
  }

  private void renderState() {
    list(RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_2_DWORD, POSTED_FROM_BASE, RENDER_REGISTERS);
    list(
        RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_3_DWORD,
        MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET,
        POWER_REGISTERS);
    list(
        RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_4_DWORD,
        POSTED_FROM_BASE,
        renderStateRegisters());
  }

  private static int[] renderStateRegisters() {
    int before = RENDER_STATE_BEFORE_GPRS.length;
    int after = RENDER_STATE_AFTER_GPRS.length;
    int[] registers = new int[before + GPR_DWORDS + after];
    System.arraycopy(RENDER_STATE_BEFORE_GPRS, 0, registers, 0, before);
    for (int i = 0; i < GPR_DWORDS; i++) registers[before + i] = GPR_FIRST + i * Integer.BYTES;
    System.arraycopy(RENDER_STATE_AFTER_GPRS, 0, registers, before + GPR_DWORDS, after);
    return registers;
  }

  private void list(int headerDword, int flags, int[] registers) {
    int lengthField = 2 * registers.length - 1;
    page.position(headerDword * Integer.BYTES);
    page.putInt(MI_LOAD_REGISTER_IMM | flags | lengthField);
    for (int register : registers) {
      page.putInt(mmioBase + register);
      page.putInt(0);
    }
  }

  private void endAt(int dword) {
    page.putInt(dword * Integer.BYTES, MI_BATCH_BUFFER_END | MI_BATCH_BUFFER_END_END_CONTEXT);
  }
}

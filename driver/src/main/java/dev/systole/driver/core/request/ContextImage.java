package dev.systole.driver.core.request;

import static dev.systole.spec.gen12.RingRegisters.RING_BB_PER_CTX_PTR_FORCE;
import static dev.systole.spec.gen12.RingRegisters.RING_BB_PER_CTX_PTR_VALID;
import static dev.systole.spec.gen12.RingRegisters.RING_CONTEXT_CONTROL_INHIBIT_SYNCHRONOUS_CONTEXT_SWITCH;
import static dev.systole.spec.gen12.RingRegisters.RING_CONTEXT_CONTROL_RESTORE_INHIBIT;
import static dev.systole.spec.gen12.RingRegisters.RING_CTL_VALID;
import static dev.systole.spec.gen12.RingRegisters.RING_INDIRECT_CTX_OFFSET_OFFSET_SHIFT;
import static dev.systole.spec.gen12.RingRegisters.RING_MI_MODE_STOP_RING;
import static dev.systole.spec.gen12.RingRegisters.R_PWR_CLK_STATE_ENABLE;
import static dev.systole.spec.gen12.RingRegisters.R_PWR_CLK_STATE_SLICE_COUNT_ENABLE;
import static dev.systole.spec.gen12.RingRegisters.R_PWR_CLK_STATE_SLICE_COUNT_SHIFT;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_BB_OFFSET_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_BB_PER_CTX_PTR_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_CTL_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_HEAD_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_INDIRECT_CTX_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_INDIRECT_CTX_OFFSET_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_MI_MODE_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_PDP0_LDW_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_PDP0_UDW_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_START_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_TAIL_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_R_PWR_CLK_STATE_DWORD;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.core.gt.EngineTraits;
import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.gt.Masked;
import dev.systole.driver.core.mm.GgttRange;

/**
 * The image of a context in memory: its status page, the registers, the rest of the state, and two
 * pages of workaround batches (i915: intel_lrc.c; i915-kernel.md 4.3).
 */
public final class ContextImage {
  private static final int REGISTERS_OFFSET_BYTES = SystemMemory.PAGE_BYTES;

  /** Where in the restore the workaround batch runs, on Gen12. */
  private static final int INDIRECT_CONTEXT_OFFSET = 0xd << RING_INDIRECT_CTX_OFFSET_OFFSET_SHIFT;

  private static final int ONE_SLICE =
      R_PWR_CLK_STATE_ENABLE
          | R_PWR_CLK_STATE_SLICE_COUNT_ENABLE
          | 1 << R_PWR_CLK_STATE_SLICE_COUNT_SHIFT;

  private final GtEngine engine;
  private final GgttRange pages;

  private ContextImage(GtEngine engine) {
    this.engine = engine;
    this.pages =
        engine.gt().ggtt().allocate(engine.traits().contextPages() + WorkaroundBatches.PAGES);
  }

  /** An image from which nothing is restored: the first contexts of an engine have it. */
  static ContextImage first(GtEngine engine, long pageTableRoot) {
    var image = new ContextImage(engine);
    image.pages.write(REGISTERS_OFFSET_BYTES, ContextLayout.registerPage(engine.engine()));
    image.writeContextControl(RING_CONTEXT_CONTROL_RESTORE_INHIBIT);
    image.setPageTableRoot(pageTableRoot);
    return image;
  }

  /** An image that begins as {@code defaultState}, which {@link #saved} returned. */
  static ContextImage copyOf(byte[] defaultState, GtEngine engine, long pageTableRoot) {
    var image = new ContextImage(engine);
    image.pages.write(REGISTERS_OFFSET_BYTES, defaultState);
    image.writeContextControl(0);
    image.write(RENDER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD, 0);
    if (ContextLayout.hasRenderState(engine.engine())) {
      image.write(RENDER_CONTEXT_STATE_RING_BB_OFFSET_DWORD, 0);
      image.write(RENDER_CONTEXT_STATE_RING_MI_MODE_DWORD, Masked.clear(RING_MI_MODE_STOP_RING));
    }
    image.setPageTableRoot(pageTableRoot);
    return image;
  }

  /** What the hardware saved, without the status page. */
  public byte[] saved() {
    var state = new byte[(engine.traits().contextPages() - 1) * SystemMemory.PAGE_BYTES];
    engine.gt().memory().read(pages.busAddress() + REGISTERS_OFFSET_BYTES, state, 0, state.length);
    return state;
  }

  /** All of its pages. */
  public GgttRange pages() {
    return pages;
  }

  void setPageTableRoot(long busAddress) {
    write(RENDER_CONTEXT_STATE_RING_PDP0_UDW_DWORD, (int) (busAddress >>> 32));
    write(RENDER_CONTEXT_STATE_RING_PDP0_LDW_DWORD, (int) busAddress);
  }

  /** Writes what depends on where things lie (i915: lrc_update_regs). */
  void update(Ring ring, int head) {
    write(RENDER_CONTEXT_STATE_RING_START_DWORD, ring.pages().ggttAddress());
    write(RENDER_CONTEXT_STATE_RING_HEAD_DWORD, head);
    write(RENDER_CONTEXT_STATE_RING_TAIL_DWORD, ring.emitOffset());
    write(
        RENDER_CONTEXT_STATE_RING_CTL_DWORD,
        ring.sizeBytes() - SystemMemory.PAGE_BYTES | RING_CTL_VALID);
    if (ContextLayout.hasRenderState(engine.engine())) {
      write(RENDER_CONTEXT_STATE_R_PWR_CLK_STATE_DWORD, ONE_SLICE);
    }
    updateWorkaroundBatches();
  }

  private void updateWorkaroundBatches() {
    EngineTraits traits = engine.traits();
    int lines =
        WorkaroundBatches.write(
            pages, traits.contextPages(), engine.engine(), traits.auxInvalidateRegister());
    int indirect = pages.ggttAddress() + traits.contextPages() * SystemMemory.PAGE_BYTES;
    int perContext = indirect + SystemMemory.PAGE_BYTES;
    write(
        RENDER_CONTEXT_STATE_RING_BB_PER_CTX_PTR_DWORD,
        perContext | RING_BB_PER_CTX_PTR_VALID | RING_BB_PER_CTX_PTR_FORCE);
    write(RENDER_CONTEXT_STATE_RING_INDIRECT_CTX_DWORD, indirect | lines);
    write(RENDER_CONTEXT_STATE_RING_INDIRECT_CTX_OFFSET_DWORD, INDIRECT_CONTEXT_OFFSET);
  }

  /** Lets a context go on that was saved while its ring was stopped for a reset. */
  void clearStopRing() {
    if (!ContextLayout.hasRenderState(engine.engine())) return;
    int mode = read(RENDER_CONTEXT_STATE_RING_MI_MODE_DWORD);
    write(
        RENDER_CONTEXT_STATE_RING_MI_MODE_DWORD,
        mode & ~RING_MI_MODE_STOP_RING | Masked.clear(RING_MI_MODE_STOP_RING));
  }

  int tail() {
    return read(RENDER_CONTEXT_STATE_RING_TAIL_DWORD);
  }

  void setTail(int tail) {
    write(RENDER_CONTEXT_STATE_RING_TAIL_DWORD, tail);
  }

  private void writeContextControl(int flags) {
    int inhibitSwitch = RING_CONTEXT_CONTROL_INHIBIT_SYNCHRONOUS_CONTEXT_SWITCH;
    int written = inhibitSwitch | RING_CONTEXT_CONTROL_RESTORE_INHIBIT;
    write(RENDER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, written << 16 | inhibitSwitch | flags);
  }

  private int read(int dword) {
    return pages.read32(REGISTERS_OFFSET_BYTES + dword * Integer.BYTES);
  }

  private void write(int dword, int value) {
    pages.write32(REGISTERS_OFFSET_BYTES + dword * Integer.BYTES, value);
  }
}

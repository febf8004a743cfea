package dev.systole.bridge.aub;

import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_CTL_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_HEAD_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_PDP0_LDW_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_PDP0_UDW_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_START_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.RENDER_CONTEXT_STATE_RING_TAIL_DWORD;

import dev.systole.decoder.stream.Buffer;
import dev.systole.decoder.stream.RingRange;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The registers of a context image that say what is to be executed. They lie at the same places on
 * all engines from Gen8 to Gen12.
 *
 * @param start where the ring lies in the GGTT
 * @param root where the highest page table lies in physical memory
 */
record ContextImage(int head, int tail, long start, int control, long root) {
  /** The first page of an image is the context's status page. */
  private static final int STATE_OFFSET_BYTES = 4096;

  private static final int RING_START_MASK = -4096;

  /** The image at an address of the GGTT, unless the page with its registers is missing. */
  static Optional<ContextImage> read(AubMemory memory, long address) {
    long state = address + STATE_OFFSET_BYTES;
    if (memory.ggttDword(state).isEmpty()) return Optional.empty();
    long rootLow =
        Integer.toUnsignedLong(dword(memory, state, RENDER_CONTEXT_STATE_RING_PDP0_LDW_DWORD));
    long rootHigh = dword(memory, state, RENDER_CONTEXT_STATE_RING_PDP0_UDW_DWORD);
    int start = dword(memory, state, RENDER_CONTEXT_STATE_RING_START_DWORD) & RING_START_MASK;
    return Optional.of(
        new ContextImage(
            dword(memory, state, RENDER_CONTEXT_STATE_RING_HEAD_DWORD),
            dword(memory, state, RENDER_CONTEXT_STATE_RING_TAIL_DWORD),
            Integer.toUnsignedLong(start),
            dword(memory, state, RENDER_CONTEXT_STATE_RING_CTL_DWORD),
            rootHigh << Integer.SIZE | rootLow));
  }

  /** What of the ring is to be executed, if HEAD and TAIL lie in its written part. */
  Optional<RingRange> ring(RecordedMemory memory) {
    Buffer ring = memory.ring(start, RingRange.ringBytes(control));
    return RingRange.of(ring, head, tail, control).filter(range -> !range.cutOff());
  }

  private static int dword(AubMemory memory, long state, int index) {
    OptionalInt value = memory.ggttDword(state + (long) index * Integer.BYTES);
    return value.orElseThrow();
  }
}

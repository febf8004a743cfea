package dev.systole.decoder.stream;

import dev.systole.decoder.command.Dwords;
import dev.systole.decoder.command.Location;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.RequestOffsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The part of a ring that an engine was about to execute, or had begun to.
 *
 * @param ring as much of the ring as was captured
 * @param ringBytes size of the whole ring
 * @param from offset of the first command, in bytes
 * @param sizeBytes how far it goes, over the ring's end where necessary
 */
public record RingRange(Buffer ring, int ringBytes, int from, int sizeBytes) {
  /** The offset in RING_HEAD; above it is the wrap count (i915-kernel.md 5.2). */
  private static final int HEAD_OFFSET_MASK = 0x1ffffc;

  private static final int TAIL_OFFSET_MASK = 0x1ffff8;
  private static final int PAGE_BYTES = 0x1000;

  /** In RING_CTL: the number of pages less one, at its place in a number of bytes. */
  private static final int CTL_PAGES_MASK = 0x1ff000;

  /** From the head of the current request, or where that is not known from HEAD, to TAIL. */
  static Optional<RingRange> of(EngineState engine, GpuMemory memory) {
    OptionalLong head = engine.register("HEAD");
    OptionalLong tail = engine.register("TAIL");
    Optional<Buffer> ring =
        engine.object("ring").map(CapturedObject::address).flatMap(memory::ringAt);
    if (ring.isEmpty() || head.isEmpty() || tail.isEmpty()) return Optional.empty();
    int ringBytes = ringBytes(engine).orElse(ring.get().content().sizeBytes());
    int headOffset = headOffset(head.getAsLong());
    int tailOffset = tailOffset(tail.getAsLong());
    if (headOffset >= ringBytes || tailOffset >= ringBytes) return Optional.empty();
    int requestHead = engine.request().map(RequestOffsets::head).orElse(headOffset);
    int from = isAhead(requestHead, headOffset, tailOffset, ringBytes) ? requestHead : headOffset;
    int sizeBytes = distance(from, tailOffset, ringBytes);
    return Optional.of(new RingRange(ring.get(), ringBytes, from, sizeBytes));
  }

  /**
   * What the registers of a context say is to be executed, unless they point beyond the ring.
   *
   * @param ring as much of the ring as is known
   * @param control RING_CTL, which holds the ring's size
   */
  public static Optional<RingRange> of(Buffer ring, int head, int tail, int control) {
    int ringBytes = ringBytes(control);
    int from = headOffset(head);
    int to = tailOffset(tail);
    if (from >= ringBytes || to >= ringBytes) return Optional.empty();
    return Optional.of(new RingRange(ring, ringBytes, from, distance(from, to, ringBytes)));
  }

  /** Whether a request can begin there: not behind HEAD, seen from TAIL backwards. */
  private static boolean isAhead(int requestHead, int head, int tail, int ringBytes) {
    return requestHead >= 0
        && requestHead < ringBytes
        && requestHead % Integer.BYTES == 0
        && distance(requestHead, head, ringBytes) <= distance(requestHead, tail, ringBytes);
  }

  static OptionalInt ringBytes(EngineState engine) {
    OptionalLong control = engine.register("CTL");
    return control.isPresent()
        ? OptionalInt.of(ringBytes((int) control.getAsLong()))
        : OptionalInt.empty();
  }

  /** The size of a ring with this RING_CTL. */
  public static int ringBytes(int control) {
    return (control & CTL_PAGES_MASK) + PAGE_BYTES;
  }

  static int headOffset(long headRegister) {
    return (int) headRegister & HEAD_OFFSET_MASK;
  }

  private static int tailOffset(long tailRegister) {
    return (int) tailRegister & TAIL_OFFSET_MASK;
  }

  private static int distance(int from, int to, int ringBytes) {
    return Math.floorMod(to - from, ringBytes);
  }

  /** The commands in one piece, also where they wrap; less where the capture ends before. */
  Dwords dwords() {
    Dwords all = ring.content();
    int first = Math.min(from / Integer.BYTES, all.size());
    int untilEnd = Math.min(sizeBytes, ringBytes - from) / Integer.BYTES;
    Dwords head = all.slice(first, Math.min(untilEnd, all.size() - first));
    int wrapped = sizeBytes / Integer.BYTES - untilEnd;
    if (wrapped == 0 || head.size() < untilEnd) return head;
    return head.then(all.slice(0, Math.min(wrapped, all.size())));
  }

  /** Whether {@link #dwords} are fewer than there were. */
  public boolean cutOff() {
    return dwords().sizeBytes() < sizeBytes;
  }

  /** Where a dword of {@link #dwords} lies. */
  Location location(int index) {
    return ring.start().plus((from + (long) index * Integer.BYTES) % ringBytes);
  }
}

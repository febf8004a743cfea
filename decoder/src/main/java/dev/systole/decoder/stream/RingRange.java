package dev.systole.decoder.stream;

import dev.systole.decoder.command.Dwords;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.RequestOffsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of a ring that an engine was about to execute, or had begun to.
 *
 * @param ring the whole ring
 * @param from offset of the first command, in bytes
 * @param sizeBytes how far it goes, over the ring's end where necessary
 */
public record RingRange(Buffer ring, int from, int sizeBytes) {
  /** The offset in RING_HEAD; above it is the wrap count (i915-kernel.md 5.2). */
  private static final int HEAD_OFFSET_MASK = 0x1ffffc;

  private static final int TAIL_OFFSET_MASK = 0x1ffff8;

  /** From the head of the hung request, or where that is not known from HEAD, to TAIL. */
  static Optional<RingRange> of(EngineState engine, GpuMemory memory) {
    OptionalLong head = engine.register("HEAD");
    OptionalLong tail = engine.register("TAIL");
    Optional<Buffer> ring = ringOf(engine, memory);
    if (ring.isEmpty() || head.isEmpty() || tail.isEmpty()) return Optional.empty();
    int ringBytes = ring.get().content().sizeBytes();
    int headOffset = headOffset(head.getAsLong());
    int tailOffset = (int) tail.getAsLong() & TAIL_OFFSET_MASK;
    if (headOffset >= ringBytes || tailOffset >= ringBytes) return Optional.empty();
    int from = engine.request().map(RequestOffsets::head).orElse(headOffset);
    boolean sensible =
        from >= 0
            && from % Integer.BYTES == 0
            && from < ringBytes
            && distance(from, headOffset, ringBytes) <= distance(from, tailOffset, ringBytes);
    int start = sensible ? from : headOffset;
    return Optional.of(new RingRange(ring.get(), start, distance(start, tailOffset, ringBytes)));
  }

  private static Optional<Buffer> ringOf(EngineState engine, GpuMemory memory) {
    return engine
        .object("ring")
        .flatMap(ring -> memory.bufferAt(new Location(Space.GGTT, ring.address())));
  }

  static int headOffset(long headRegister) {
    return (int) headRegister & HEAD_OFFSET_MASK;
  }

  private static int distance(int from, int to, int ringBytes) {
    return Math.floorMod(to - from, ringBytes);
  }

  /** The commands in one piece, also where they wrap. */
  Dwords dwords() {
    Dwords all = ring.content();
    int first = from / Integer.BYTES;
    int count = sizeBytes / Integer.BYTES;
    int untilEnd = Math.min(count, all.size() - first);
    Dwords head = all.slice(first, untilEnd);
    return untilEnd == count ? head : head.then(all.slice(0, count - untilEnd));
  }

  /** Where a dword of {@link #dwords} lies. */
  Location location(int index) {
    return ring.start().plus((from + index * Integer.BYTES) % ring.content().sizeBytes());
  }
}

package dev.systole.bridge.aub;

import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.Buffer;
import dev.systole.decoder.stream.MemoryView;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * An {@link AubMemory} as one submission sees it. An AUB knows pages, not buffers: here a buffer is
 * a run of neighbouring pages that were written, copied when first asked for.
 */
final class RecordedMemory implements MemoryView {
  /** How far a run reaches to either side of the page that was asked for. */
  private static final int MAX_REACH_PAGES = 1 << 10;

  /** No more is copied for one submission, so that page tables that map themselves have an end. */
  private static final int MAX_PAGES = 1 << 16;

  /** What {@link Location} masks addresses to. */
  private static final long LAST_PAGE = (1L << 48) - AubMemory.PAGE_BYTES;

  private final AubMemory memory;
  private final LongFunction<OptionalLong> ggtt;
  private final LongFunction<OptionalLong> ppgtt;
  private final Map<Space, NavigableMap<Long, Buffer>> buffers = new EnumMap<>(Space.class);
  private int pages;

  private RecordedMemory(
      AubMemory memory, LongFunction<OptionalLong> ggtt, LongFunction<OptionalLong> ppgtt) {
    this.memory = memory;
    this.ggtt = ggtt;
    this.ppgtt = ppgtt;
    for (Space space : Space.values()) buffers.put(space, new TreeMap<>());
  }

  /**
   * Memory behind the GGTT and a context's page tables.
   *
   * @param root where the highest of the context's page tables lies
   */
  static RecordedMemory of(AubMemory memory, long root) {
    return new RecordedMemory(
        memory, memory::ggttFrame, address -> memory.ppgttFrame(root, address));
  }

  /** Memory of a classic file, which has one space for everything. */
  static RecordedMemory flat(AubMemory memory) {
    return new RecordedMemory(memory, AubMemory::flatFrame, AubMemory::flatFrame);
  }

  @Override
  public Optional<Buffer> bufferAt(Location location) {
    NavigableMap<Long, Buffer> known = buffers.get(location.space());
    var below = known.floorEntry(location.address());
    if (below != null && below.getValue().holds(location)) return Optional.of(below.getValue());
    long page = location.address() & -AubMemory.PAGE_BYTES;
    if (pages >= MAX_PAGES || !isWritten(location.space(), page)) return Optional.empty();
    Buffer buffer = run(location.space(), page);
    known.put(buffer.start().address(), buffer);
    return Optional.of(buffer);
  }

  /** A recording does not say which buffers there were, so that no address is explained by one. */
  @Override
  public Optional<Buffer> bufferAt(long address) {
    return Optional.empty();
  }

  /** The ring as it was when it was submitted; shorter where its pages were never written. */
  Buffer ring(long start, int sizeBytes) {
    int present = 0;
    while (present < sizeBytes && memory.holds(ggtt.apply(start + present))) {
      present += AubMemory.PAGE_BYTES;
    }
    return copy(Space.GGTT, "ring", start, present);
  }

  private Buffer run(Space space, long page) {
    long first = page;
    long last = page;
    int reach = 0;
    while (reach++ < MAX_REACH_PAGES && isFree(space, first - AubMemory.PAGE_BYTES)) {
      first -= AubMemory.PAGE_BYTES;
    }
    reach = 0;
    while (reach++ < MAX_REACH_PAGES && isFree(space, last + AubMemory.PAGE_BYTES)) {
      last += AubMemory.PAGE_BYTES;
    }
    int sizeBytes = (int) (last - first) + AubMemory.PAGE_BYTES;
    pages += sizeBytes / AubMemory.PAGE_BYTES;
    return copy(space, "batch", first, sizeBytes);
  }

  /** Whether a page was written and belongs to no buffer yet. */
  private boolean isFree(Space space, long page) {
    if (page < 0 || page > LAST_PAGE || !isWritten(space, page)) return false;
    var below = buffers.get(space).floorEntry(page);
    return below == null || !below.getValue().holds(new Location(space, page));
  }

  private boolean isWritten(Space space, long page) {
    return memory.holds(frame(space, page));
  }

  private OptionalLong frame(Space space, long page) {
    return (space == Space.GGTT ? ggtt : ppgtt).apply(page);
  }

  private Buffer copy(Space space, String name, long start, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    for (int offset = 0; offset < sizeBytes; offset += AubMemory.PAGE_BYTES) {
      memory.read(frame(space, start + offset), bytes, offset);
    }
    return new Buffer(space, CapturedObject.of("", name, start, Bytes.of(bytes)));
  }
}

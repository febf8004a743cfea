package dev.systole.decoder.stream;

import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The memory that one engine sees, as far as it was captured: the GGTT, which all engines share,
 * and the PPGTT of the context that it ran.
 */
public final class GpuMemory implements MemoryView {
  /** What lives in the GGTT (i915-kernel.md 1.5, 1.12); everything else is the context's. */
  private static final Set<String> GGTT_OBJECTS =
      Set.of("ring", "HW context", "HW Status", "WA context", "WA batchbuffer", "NULL context");

  private final List<Buffer> byAddress;

  /**
   * @param buffers where two overlap, the one that begins later wins, else the first
   */
  public GpuMemory(List<Buffer> buffers) {
    byAddress = new ArrayList<>(buffers);
    byAddress.sort(Comparator.<Buffer>comparingLong(buffer -> buffer.start().address()).reversed());
  }

  /** The memory of one engine of a dump. */
  public static GpuMemory of(ErrorState dump, EngineState engine) {
    var buffers = new ArrayList<Buffer>();
    for (CapturedObject object : engine.objects()) buffers.add(buffer(object));
    for (CapturedObject object : dump.objects()) {
      if (!engine.objects().contains(object) && spaceOf(object) == Space.GGTT) {
        buffers.add(buffer(object));
      }
    }
    return new GpuMemory(buffers);
  }

  private static Buffer buffer(CapturedObject object) {
    return new Buffer(spaceOf(object), object);
  }

  /** Whose page tables a captured object lies behind. */
  public static Space spaceOf(CapturedObject object) {
    return object.owner().equals(CapturedObject.GLOBAL) || GGTT_OBJECTS.contains(object.name())
        ? Space.GGTT
        : Space.PPGTT;
  }

  @Override
  public Optional<Buffer> bufferAt(Location location) {
    for (Buffer buffer : byAddress) {
      if (buffer.start().address() <= location.address() && buffer.holds(location)) {
        return Optional.of(buffer);
      }
    }
    return Optional.empty();
  }

  /** The ring that begins at an address. */
  Optional<Buffer> ringAt(long address) {
    return bufferAt(new Location(Space.GGTT, address));
  }

  /** The buffer with the highest start that is not above a place. */
  public Optional<Buffer> nearestBelow(Location location) {
    return byAddress.stream()
        .filter(buffer -> buffer.start().space() == location.space())
        .filter(buffer -> buffer.start().address() <= location.address())
        .findFirst();
  }

  /** The dword at a place, if it was captured. */
  public OptionalInt dword(Location location) {
    Buffer buffer = bufferAt(location).orElse(null);
    if (buffer == null) return OptionalInt.empty();
    return OptionalInt.of(buffer.content().get(buffer.index(location.address())));
  }
}

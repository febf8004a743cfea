package dev.systole.decoder.stream;

import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.CommandReader;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.ExecutionPoint.Relation;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.errorstate.EngineState;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds the command at which an engine stood (mesa-igt-tools.md 1.7: 3). IPEHR is its header; ACTHD
 * is the place from which the engine reads, mostly already behind the command. In the ring ACTHD is
 * a copy of HEAD or an address in the ring.
 */
final class ExecutionPointFinder {
  private static final long BATCH_ADDRESS_VALID = 1;

  private final EngineState engine;
  private final EngineClass engineClass;
  private final GpuMemory memory;
  private final CommandReader reader;
  private final int header;
  private final long acthd;

  private ExecutionPointFinder(
      EngineState engine,
      EngineClass engineClass,
      GpuMemory memory,
      CommandReader reader,
      int header,
      long acthd) {
    this.engine = engine;
    this.engineClass = engineClass;
    this.memory = memory;
    this.reader = reader;
    this.header = header;
    this.acthd = acthd;
  }

  /** The point, unless the dump lacks the registers that tell it. */
  static Optional<ExecutionPoint> find(EngineStream stream, CommandReader reader) {
    OptionalInt header = header(stream);
    OptionalLong acthd = acthd(stream.state());
    if (header.isEmpty() || acthd.isEmpty()) return Optional.empty();
    var finder =
        new ExecutionPointFinder(
            stream.state(),
            stream.engineClass(),
            stream.memory(),
            reader,
            header.getAsInt(),
            acthd.getAsLong());
    return Optional.of(finder.find(stream));
  }

  /** IPEHR; where the line is lost, what the ecode says of it (gen12-commands.md 7.2). */
  private static OptionalInt header(EngineStream stream) {
    OptionalLong ipehr = stream.state().register("IPEHR");
    if (ipehr.isPresent()) return OptionalInt.of((int) ipehr.getAsLong());
    OptionalLong instdone = stream.state().register("INSTDONE");
    OptionalInt signature = stream.signature();
    return signature.isPresent() && instdone.isPresent()
        ? OptionalInt.of(signature.getAsInt() ^ (int) instdone.getAsLong())
        : OptionalInt.empty();
  }

  /** ACTHD; where the line is lost, BBADDR of a running first-level batch, or HEAD. */
  private static OptionalLong acthd(EngineState engine) {
    OptionalLong acthd = engine.register("ACTHD");
    if (acthd.isPresent()) return acthd;
    OptionalLong bbaddr = engine.register("BBADDR");
    return inBatch(bbaddr)
        ? OptionalLong.of(bbaddr.getAsLong() & ~BATCH_ADDRESS_VALID)
        : engine.register("HEAD");
  }

  /** Bit 0 of BBADDR says whether a batch was running. */
  private static boolean inBatch(OptionalLong bbaddr) {
    return bbaddr.isPresent() && (bbaddr.getAsLong() & BATCH_ADDRESS_VALID) != 0;
  }

  private ExecutionPoint find(EngineStream stream) {
    var matchers = new LinkedHashMap<Place, PathMatcher>();
    for (Place place : places()) {
      matchers.put(place, new PathMatcher(header, place.fetch(), memory));
    }
    stream.walk(
        element -> {
          if (element instanceof CommandRead read) matchers.values().forEach(m -> m.add(read));
        });
    for (Place place : matchers.keySet()) {
      Optional<PointMatch> match = matchers.get(place).exact().or(() -> byDwords(place));
      if (match.isPresent()) return point(place, match.get());
    }
    for (Place place : matchers.keySet()) {
      Optional<PointMatch> match = matchers.get(place).near();
      if (match.isPresent()) return point(place, match.get());
    }
    return nowhere(matchers.keySet().iterator().next());
  }

  /** A place that ACTHD can mean. */
  private record Place(Location fetch, boolean inRing) {}

  /** The likeliest place first. */
  private List<Place> places() {
    List<Place> ring = ringPlaces();
    List<Place> batch =
        List.of(
            new Place(new Location(Space.PPGTT, acthd), false),
            new Place(new Location(Space.GGTT, acthd), false));
    boolean inBatch = inBatch(engine.register("BBADDR"));
    var places = new ArrayList<>(inBatch ? batch : ring);
    places.addAll(inBatch ? ring : batch);
    return places;
  }

  private List<Place> ringPlaces() {
    OptionalLong head = engine.register("HEAD");
    OptionalLong start = engine.register("START");
    if (start.isEmpty()) return List.of();
    Location ring = new Location(Space.GGTT, start.getAsLong());
    if (head.isPresent() && acthd == head.getAsLong()) {
      return List.of(new Place(ring.plus(RingRange.headOffset(acthd)), true));
    }
    long offset = acthd - start.getAsLong();
    return offset >= 0 && offset < RingRange.ringBytes(engine).orElse(0)
        ? List.of(new Place(ring.plus(offset), true))
        : List.of();
  }

  /** What fits by its dwords alone, where the path to ACTHD was not captured. */
  private Optional<PointMatch> byDwords(Place place) {
    Optional<Buffer> buffer =
        memory.bufferAt(place.fetch()).or(() -> memory.bufferAt(place.fetch().plus(-1)));
    if (buffer.isEmpty()) return Optional.empty();
    int fetch = buffer.get().index(place.fetch().address());
    int length = reader.lengthDwords(engineClass, header);
    Optional<PointMatch> match = matchAt(buffer.get(), fetch - length, Relation.AFTER);
    if (match.isEmpty()) match = matchAt(buffer.get(), fetch, Relation.AT);
    for (int inside = 1; match.isEmpty() && inside < length; inside++) {
      match = matchAt(buffer.get(), fetch - inside, Relation.INSIDE);
    }
    return match;
  }

  private Optional<PointMatch> matchAt(Buffer buffer, int index, Relation relation) {
    if (index < 0 || index >= buffer.content().size() || buffer.content().get(index) != header) {
      return Optional.empty();
    }
    Location location = buffer.start().plus((long) index * Integer.BYTES);
    Command command = reader.read(engineClass, buffer.content(), index, location.address());
    int level = buffer.name().equals("ring") ? 0 : 1;
    return Optional.of(
        new PointMatch(new CommandRead(buffer.name(), location, level, command), relation));
  }

  private ExecutionPoint point(Place place, PointMatch match) {
    return new ExecutionPoint(
        match.command().command().name(),
        header,
        Optional.of(match.command()),
        match.other(),
        match.relation(),
        place.fetch(),
        place.inRing(),
        OptionalLong.empty());
  }

  /** The command is not in memory; ACTHD is mostly behind it, which lets its address be guessed. */
  private ExecutionPoint nowhere(Place place) {
    long length = (long) reader.lengthDwords(engineClass, header) * Integer.BYTES;
    return new ExecutionPoint(
        reader.name(engineClass, header),
        header,
        Optional.empty(),
        Optional.empty(),
        Relation.UNKNOWN,
        place.fetch(),
        place.inRing(),
        reader.knows(engineClass, header)
            ? OptionalLong.of(place.fetch().plus(-length).address())
            : OptionalLong.empty());
  }
}

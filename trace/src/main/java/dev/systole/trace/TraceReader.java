package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.event.ContentHash;
import dev.systole.trace.schema.EventKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Reads a trace, finished or not. Damage is remembered, and whatever else the file holds is read;
 * only a file without a readable header, or of another major version, is refused. For one thread at
 * a time.
 */
public final class TraceReader implements Closeable {
  private final ChunkStore store;
  private final TraceMap map;
  private final Layouts layouts;
  private final List<ChunkRange> chunks;
  private final Set<Damage> damage;

  /**
   * Opens a file, which may be gzipped.
   *
   * @throws TraceException when it is no trace that this version reads; the message says why
   * @throws IOException when it cannot be read
   */
  public static TraceReader open(Path file) throws IOException {
    return open(file.toString(), ByteSource.open(file));
  }

  /**
   * Reads a stream to its end, which may be gzipped.
   *
   * @param name by which messages call it
   */
  public static TraceReader read(String name, InputStream in) throws IOException {
    return open(name, ByteSource.read(in));
  }

  private static TraceReader open(String name, ByteSource source) throws IOException {
    var store = new ChunkStore(name, source);
    try {
      return new TraceReader(store, TraceOpener.open(store));
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private TraceReader(ChunkStore store, TraceMap map) {
    this.store = store;
    this.map = map;
    layouts = new Layouts(header().schema());
    chunks = map.chunks.stream().map(TraceMap.Place::range).toList();
    damage = new LinkedHashSet<>(map.damage);
  }

  public Header header() {
    return map.header.header();
  }

  /** Names the trace. */
  public UUID uuid() {
    return map.header.uuid();
  }

  /** Whether the file was written to its end. */
  public boolean finished() {
    return map.finished;
  }

  /** The damage found so far: when the file was opened, and in what was read since. */
  public List<Damage> damage() {
    return List.copyOf(damage);
  }

  /** The chunks of events in their order. */
  public List<ChunkRange> chunks() {
    return chunks;
  }

  /** The number behind the last event's, damage included. */
  public long eventCount() {
    return chunks.isEmpty() ? 0 : chunks.getLast().endEvent();
  }

  /** Goes through all events. */
  public EventCursor events() {
    return events(_ -> true);
  }

  /**
   * Goes through the events of some kinds; the columns of others are not decoded, and chunks
   * without them, as far as the index tells, not even read.
   */
  public EventCursor events(Predicate<EventKind> kinds) {
    var wanted = new boolean[256];
    for (EventKind kind : header().schema().kinds()) wanted[kind.id()] = kinds.test(kind);
    return new EventCursor(new FileChunks(), wanted);
  }

  /**
   * What a {@link ChunkEncoder} made of the chunk's events.
   *
   * @param chunk its place in {@link #chunks}
   * @throws CorruptTraceException when it is damaged
   */
  public byte[] payload(int chunk) throws IOException {
    TraceMap.Place place = map.chunks.get(chunk);
    long offset = place.offsetBytes();
    ChunkHeader header = store.header(offset);
    if (header.kind() != ChunkHeader.KIND_EVENTS || !header.range().equals(place.range()))
      throw store.corrupt(offset, "the index tells of another chunk here");
    return store.payload(offset, header);
  }

  /**
   * The bytes with that hash.
   *
   * @throws CorruptTraceException when the file does not have them, or they are damaged
   */
  public byte[] blob(ContentHash hash) throws IOException {
    Long offset = map.blobs.get(hash);
    if (offset == null) throw store.corrupt(0, "the file does not have the blob " + hash);
    byte[] content = store.payload(offset, store.header(offset));
    if (!ContentHash.of(content, 0, content.length).equals(hash))
      throw store.corrupt(offset, "another blob is here than " + hash);
    return content;
  }

  /** Reads everything, whether it is needed for anything or not, and tells all damage there is. */
  public List<Damage> verify() throws IOException {
    TraceMap walked = TraceOpener.walk(store);
    damage.addAll(walked.damage);
    if (walked.damage.isEmpty() && !walked.chunks.equals(map.chunks))
      damage.add(new Damage(store.lengthBytes(), "index", "lists other chunks than there are"));
    EventCursor all = events();
    boolean more = all.next();
    while (more) more = all.next();
    return damage();
  }

  /** The chunks of this file; damage becomes the reader's. */
  private final class FileChunks implements ChunkSource {
    @Override
    public List<ChunkRange> chunks() {
      return chunks;
    }

    @Override
    public boolean mayHold(int chunk, boolean[] wanted) {
      return map.mayHold(chunk, wanted);
    }

    @Override
    public ChunkReader chunkOrNull(int chunk, boolean[] wanted) throws IOException {
      TraceMap.Place place = map.chunks.get(chunk);
      try {
        return new ChunkReader(
            layouts, wanted, place.range(), payload(chunk), TraceReader.this::blob);
      } catch (CorruptTraceException e) {
        damage.add(e.asDamageOf(place.part()));
      } catch (BadContentException e) {
        damaged(chunk, e.getMessage());
      }
      return null;
    }

    @Override
    public void damaged(int chunk, String what) {
      TraceMap.Place place = map.chunks.get(chunk);
      damage.add(new Damage(place.offsetBytes(), place.part(), what));
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}

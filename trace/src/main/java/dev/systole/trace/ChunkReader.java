package dev.systole.trace;

import static dev.systole.trace.schema.CallRole.ENTER;
import static dev.systole.trace.schema.CallRole.LEAVE;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.coding.CborIn;
import dev.systole.trace.coding.FieldColumnsReader;
import dev.systole.trace.coding.IntColumnReader;
import dev.systole.trace.coding.Layout;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Reads the events of one chunk ({@link ChunkColumns} has its grammar). Columns of kinds that
 * nobody wants are passed over without being copied or decoded.
 */
final class ChunkReader {
  private final Layouts layouts;
  private final boolean[] wanted;
  private final ChunkRange range;
  private final ChunkNames names;
  private final Map<Integer, FieldColumnsReader> fields = new HashMap<>();
  private final Map<Integer, FieldColumnsReader> enters = new HashMap<>();
  private final Map<Integer, FieldColumnsReader> leaves = new HashMap<>();
  private final EventFields values = new EventFields();
  private byte[] kinds = {};
  private IntColumnReader lanes = IntColumnReader.plain(new byte[0]);
  private IntColumnReader times = IntColumnReader.byGiven(new byte[0]);

  private int position = -1;
  private int kind;
  private long timeNanos;
  private Lane lane;
  private CallType call;

  /**
   * @param wanted by the numbers of the kinds
   */
  ChunkReader(
      Layouts layouts, boolean[] wanted, ChunkRange range, byte[] payload, Blob.Source blobSource)
      throws IOException {
    this.layouts = layouts;
    this.wanted = wanted;
    this.range = range;
    names = new ChunkNames(blobSource);
    var in = new CborIn(payload, 0, payload.length);
    in.map(key -> readEntry(key, in));
    in.end();
    if (kinds.length != range.eventCount())
      throw new BadContentException(kinds.length + " events in place of " + range.eventCount());
  }

  private void readEntry(String key, CborIn in) throws IOException {
    switch (key) {
      case "lanes" -> names.readLanes(in);
      case "texts" -> names.readTexts(in);
      case "blobs" -> names.readBlobs(in);
      case "kind" -> kinds = in.bytes();
      case "lane" -> lanes = IntColumnReader.plain(in.bytes());
      case "time" -> times = IntColumnReader.byGiven(in.bytes());
      case "fields" -> readColumns(in, fields, id -> wanted[id & 0xFF] ? layouts.kind(id) : null);
      case "enter" -> readColumns(in, enters, id -> wants(ENTER) ? layouts.enter(id) : null);
      case "leave" -> readColumns(in, leaves, id -> wants(LEAVE) ? layouts.leave(id) : null);
      default -> in.skip();
    }
  }

  private boolean wants(CallRole role) {
    for (EventKind kind : layouts.schema().kinds())
      if (wanted[kind.id()] && kind.role() == role) return true;
    return false;
  }

  private static void readColumns(
      CborIn in, Map<Integer, FieldColumnsReader> all, IntFunction<Layout> layouts)
      throws IOException {
    in.map(
        key -> {
          int id = id(key);
          Layout layout = layouts.apply(id);
          if (layout == null) {
            in.skip();
            return;
          }
          var columns = new ArrayList<byte[]>();
          in.array(() -> columns.add(in.bytes()));
          all.put(id, new FieldColumnsReader(layout, columns));
        });
  }

  private static int id(String key) throws BadContentException {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException _) {
      throw new BadContentException("columns of '" + key + "', which is no number");
    }
  }

  /** Goes to the next event of a wanted kind; false behind the last. */
  boolean next() throws BadContentException {
    while (++position < kinds.length) {
      int kindBefore = kind;
      kind = kinds[position] & 0xFF;
      if (layouts.kind(kind) == null)
        throw new BadContentException("the schema has no kind of event " + kind);
      timeNanos += times.next(ChunkColumns.timeContext(kindBefore, kind));
      long lanePlace = lanes.next();
      if (!wanted[kind]) continue;
      lane = names.lane(lanePlace);
      takeFields();
      return true;
    }
    return false;
  }

  private void takeFields() throws BadContentException {
    EventKind known = kind();
    FieldColumnsReader columns = columns(fields, kind);
    call = null;
    if (known.role() == CallRole.NONE) {
      values.take(columns, names);
      return;
    }
    long id = columns.nextInteger(0);
    call = layouts.schema().call((int) id).orElse(null);
    if (call == null || id != (int) id)
      throw new BadContentException("the schema has no call " + id);
    values.take(columns(known.role() == ENTER ? enters : leaves, call.id()), names);
  }

  private static FieldColumnsReader columns(Map<Integer, FieldColumnsReader> all, int id)
      throws BadContentException {
    FieldColumnsReader columns = all.get(id);
    if (columns == null) throw new BadContentException("the columns of " + id + " are missing");
    return columns;
  }

  long number() {
    return range.firstEvent() + position;
  }

  long timeNanos() {
    return timeNanos;
  }

  Lane lane() {
    return lane;
  }

  EventKind kind() {
    return layouts.schema().kind(kind).orElseThrow();
  }

  /** The call that is entered or left, or null. */
  CallType call() {
    return call;
  }

  EventMakers makers() {
    return layouts.makers();
  }

  EventFields fields() {
    return values;
  }

  /** The layout of the event's fields. */
  Layout layout() {
    if (call == null) return layouts.kind(kind);
    return kind().role() == ENTER ? layouts.enter(call.id()) : layouts.leave(call.id());
  }
}

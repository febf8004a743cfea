package dev.systole.trace;

import dev.systole.trace.coding.ByteColumn;
import dev.systole.trace.coding.CborOut;
import dev.systole.trace.coding.FieldColumns;
import dev.systole.trace.coding.IntColumn;
import dev.systole.trace.event.ContentHash;
import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The columns of the open chunk. Its payload is a CBOR map:
 *
 * <pre>
 * lanes  → [[machine, function, virtual machine, process, process id, thread] …]
 * texts  → [text …]
 * blobs  → [[SHA-256, length] …]
 * kind   → a byte per event
 * lane   → per event the place of its lane in lanes
 * time   → per event the time since the event before, predicted by both events' kinds
 * fields → {kind → [column …]}   for a call's kinds one column: the call
 * enter  → {call → [column …]}
 * leave  → {call → [column …]}
 * </pre>
 *
 * Lanes, texts and blobs stand in the order of their first use, so the bytes depend on nothing but
 * the events.
 */
final class ChunkColumns {
  private final ByteColumn kinds = new ByteColumn();
  private final IntColumn lanes = IntColumn.plain();
  private final IntColumn times = IntColumn.byGiven();
  private final FieldColumns[] fields = new FieldColumns[256];
  private final Map<Integer, FieldColumns> enters = new TreeMap<>();
  private final Map<Integer, FieldColumns> leaves = new TreeMap<>();

  /** By the calls as the caller has them, so that those of an event are found at once. */
  private final Map<CallType, CallColumns> calls = new IdentityHashMap<>();

  private final Schema schema;

  private final List<Lane> allLanes = new ArrayList<>();
  private final List<Lane> usedLanes = new ArrayList<>();
  private int[] placeOfLane = new int[16];
  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final Map<ContentHash, Integer> blobs = new LinkedHashMap<>();
  private final List<Integer> blobLengths = new ArrayList<>();

  private int eventCount;
  private int lastKind;
  private long lastTimeNanos;

  private record CallColumns(FieldColumns enter, FieldColumns leave) {}

  ChunkColumns(Schema schema) {
    this.schema = schema;
    var layouts = new Layouts(schema);
    for (EventKind kind : schema.kinds())
      fields[kind.id()] = new FieldColumns(layouts.kind(kind.id()));
    for (CallType call : schema.calls()) {
      enters.put(call.id(), new FieldColumns(layouts.enter(call.id())));
      leaves.put(call.id(), new FieldColumns(layouts.leave(call.id())));
    }
    Arrays.fill(placeOfLane, -1);
  }

  int eventCount() {
    return eventCount;
  }

  /** Gives a lane its number for good. */
  int addLane(Lane lane) {
    allLanes.add(lane);
    if (allLanes.size() > placeOfLane.length) {
      int before = placeOfLane.length;
      placeOfLane = Arrays.copyOf(placeOfLane, 2 * before);
      Arrays.fill(placeOfLane, before, 2 * before, -1);
    }
    return allLanes.size() - 1;
  }

  /** Begins an event and hands out the columns of its kind. */
  FieldColumns begin(int kind, int lane, long timeNanos) {
    int place = placeOfLane[lane];
    if (place < 0) place = useLane(lane);
    kinds.append((byte) kind);
    lanes.append(place);
    times.append(timeContext(lastKind, kind), timeNanos - lastTimeNanos);
    lastKind = kind;
    lastTimeNanos = timeNanos;
    eventCount++;
    FieldColumns columns = fields[kind];
    columns.use();
    return columns;
  }

  /** What predicts the time between two events. */
  static long timeContext(int kindBefore, int kind) {
    return kindBefore << 8 | kind;
  }

  /**
   * The columns of a call that is entered.
   *
   * @throws IllegalArgumentException when the schema does not hold the call
   */
  FieldColumns enter(CallType call) {
    return columnsOf(call).enter();
  }

  /** The columns of a call that is left. */
  FieldColumns leave(CallType call) {
    return columnsOf(call).leave();
  }

  private CallColumns columnsOf(CallType call) {
    CallColumns columns = calls.get(call);
    if (columns != null) return columns;
    if (!call.equals(schema.call(call.id()).orElse(null))) {
      throw new IllegalArgumentException("the schema does not hold the call " + call.name());
    }
    columns = new CallColumns(enters.get(call.id()), leaves.get(call.id()));
    calls.put(call, columns);
    return columns;
  }

  private int useLane(int lane) {
    usedLanes.add(allLanes.get(lane));
    return placeOfLane[lane] = usedLanes.size() - 1;
  }

  int textCount() {
    return texts.size();
  }

  /** The place of the text in the chunk's texts; the last one if it is new. */
  int text(String text) {
    return texts.computeIfAbsent(text, _ -> texts.size());
  }

  boolean hasBlob(ContentHash hash) {
    return blobs.containsKey(hash);
  }

  /** The place of the blob in the chunk's blobs. */
  int blob(ContentHash hash, int lengthBytes) {
    Integer place = blobs.putIfAbsent(hash, blobs.size());
    if (place != null) return place;
    blobLengths.add(lengthBytes);
    return blobs.size() - 1;
  }

  /** The kinds of the chunk's events, by their ids. */
  BitSet kinds() {
    var used = new BitSet();
    for (int id = 0; id < fields.length; id++) {
      if (fields[id] != null && fields[id].used()) used.set(id);
    }
    return used;
  }

  /** The chunk's payload. */
  byte[] encode() {
    var out = new CborOut(1 << 16).map(9);
    out.key("lanes").array(usedLanes.size());
    for (Lane lane : usedLanes) {
      out.array(6).text(lane.machine()).text(lane.function()).text(lane.virtualMachine());
      out.text(lane.process()).integer(lane.processId()).text(lane.thread()).endArray();
    }
    out.endArray().key("texts").array(texts.size());
    texts.keySet().forEach(out::text);
    out.endArray().key("blobs").array(blobs.size());
    blobs.forEach(
        (hash, place) ->
            out.array(2).bytes(hash.toBytes()).integer(blobLengths.get(place)).endArray());
    out.endArray();
    out.key("kind").bytes(kinds.bytes(), kinds.length());
    out.key("lane").bytes(lanes.bytes(), lanes.length());
    out.key("time").bytes(times.bytes(), times.length());
    var byKind = new TreeMap<Integer, FieldColumns>();
    for (int id = 0; id < fields.length; id++) if (fields[id] != null) byKind.put(id, fields[id]);
    encode(out.key("fields"), byKind);
    encode(out.key("enter"), enters);
    encode(out.key("leave"), leaves);
    return out.endMap().toBytes();
  }

  private static void encode(CborOut out, Map<Integer, FieldColumns> all) {
    out.map((int) all.values().stream().filter(FieldColumns::used).count());
    all.forEach(
        (id, columns) -> {
          if (!columns.used()) return;
          out.key(id).array(columns.count());
          for (int i = 0; i < columns.count(); i++) out.bytes(columns.bytes(i), columns.length(i));
          out.endArray();
        });
    out.endMap();
  }

  /** Empties everything for the next chunk; lanes keep their numbers. */
  void reset() {
    kinds.reset();
    lanes.reset();
    times.reset();
    for (FieldColumns columns : fields) if (columns != null) columns.reset();
    enters.values().forEach(FieldColumns::reset);
    leaves.values().forEach(FieldColumns::reset);
    usedLanes.clear();
    Arrays.fill(placeOfLane, -1);
    texts.clear();
    blobs.clear();
    blobLengths.clear();
    eventCount = 0;
    lastKind = 0;
    lastTimeNanos = 0;
  }
}

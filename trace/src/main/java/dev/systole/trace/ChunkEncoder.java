package dev.systole.trace;

import dev.systole.trace.coding.FieldColumns;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.ContentHash;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Schema;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes chunks of events. What it makes depends on nothing but the schema and the events: the
 * replayer runs one beside a re-execution and compares its chunks with the file's.
 */
public final class ChunkEncoder implements EventSink {
  /** Events of a full chunk. */
  public static final int CHUNK_EVENTS = 1 << 16;

  /** A chunk is full, too, when its columns may have this size, whatever its events. */
  private static final int CHUNK_BYTES = 8 << 20;

  /** What a value may cost at most. */
  private static final int VALUE_BYTES = 10;

  /** What a char may cost at most in UTF-8. */
  private static final int MOST_UTF8_BYTES = 3;

  private static final int REGISTER_READ = EventKinds.REGISTER_READ.id();
  private static final int REGISTER_WRITE = EventKinds.REGISTER_WRITE.id();
  private static final int CONFIG_READ = EventKinds.CONFIG_READ.id();
  private static final int CONFIG_WRITE = EventKinds.CONFIG_WRITE.id();
  private static final int MEMORY_READ = EventKinds.MEMORY_READ.id();
  private static final int MEMORY_READ_BLOCK = EventKinds.MEMORY_READ_BLOCK.id();
  private static final int MEMORY_WRITE = EventKinds.MEMORY_WRITE.id();
  private static final int MAPPING_READ = EventKinds.MAPPING_READ.id();
  private static final int MAPPING_READ_BLOCK = EventKinds.MAPPING_READ_BLOCK.id();
  private static final int MAPPING_WRITE = EventKinds.MAPPING_WRITE.id();
  private static final int INTERRUPT = EventKinds.INTERRUPT.id();

  private final Schema schema;
  private final ChunkSink sink;
  private final ChunkColumns columns;
  private final Map<Lane, Integer> lanes = new HashMap<>();
  private final FieldAppender appender = new FieldAppender(this);

  private final PendingRead read = new PendingRead();
  private final PendingWrite write = new PendingWrite();
  private boolean readPends;
  private boolean writePends;

  private long chunkFirstEvent;
  private long foldedReads;
  private long firstTimeNanos;
  private long lastTimeNanos;
  private int spentBytes;

  /**
   * @param schema with all of {@link EventKinds}: {@link EventKinds#schema}
   */
  public ChunkEncoder(Schema schema, ChunkSink sink) {
    this.schema = schema;
    this.sink = sink;
    this.columns = new ChunkColumns(schema);
  }

  @Override
  public int lane(Lane lane) {
    return lanes.computeIfAbsent(lane, columns::addLane);
  }

  @Override
  public long eventCount() {
    return chunkFirstEvent + columns.eventCount() + (readPends || writePends ? 1 : 0);
  }

  @Override
  public void registerRead(int lane, long timeNanos, int offset, int widthBytes, long value) {
    read(REGISTER_READ, lane, timeNanos, 0, offset, 0, widthBytes, value);
  }

  @Override
  public void registerWrite(int lane, long timeNanos, int offset, int widthBytes, long value) {
    access(REGISTER_WRITE, lane, timeNanos, offset, widthBytes, value);
  }

  @Override
  public void configRead(int lane, long timeNanos, int offset, int widthBytes, long value) {
    access(CONFIG_READ, lane, timeNanos, offset, widthBytes, value);
  }

  @Override
  public void configWrite(int lane, long timeNanos, int offset, int widthBytes, long value) {
    access(CONFIG_WRITE, lane, timeNanos, offset, widthBytes, value);
  }

  @Override
  public void memoryRead(int lane, long timeNanos, long address, int widthBytes, long value) {
    read(MEMORY_READ, lane, timeNanos, 0, address, 0, widthBytes, value);
  }

  @Override
  public void memoryRead(
      int lane, long timeNanos, long address, byte[] source, int offset, int length) {
    FieldColumns event = beginEvent(MEMORY_READ_BLOCK, lane, timeNanos);
    event.ints(0).append(address);
    appendBytes(event, 1, source, offset, length);
  }

  @Override
  public void memoryWrite(int lane, long timeNanos, long address, int widthBytes, long value) {
    write(MEMORY_WRITE, lane, timeNanos, 0, address, address, widthBytes);
    write.append(widthBytes, value);
  }

  @Override
  public void memoryWrite(
      int lane, long timeNanos, long address, byte[] source, int offset, int length) {
    write(MEMORY_WRITE, lane, timeNanos, 0, address, address, length);
    write.append(source, offset, length);
  }

  @Override
  public void mappingRead(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      int widthBytes,
      long value) {
    read(MAPPING_READ, lane, timeNanos, mapping, mappingOffset, busAddress, widthBytes, value);
  }

  @Override
  public void mappingRead(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      byte[] source,
      int offset,
      int length) {
    FieldColumns event = beginEvent(MAPPING_READ_BLOCK, lane, timeNanos);
    event.ints(0).append(mapping);
    event.ints(1).append(mappingOffset);
    event.ints(2).append(busAddress);
    appendBytes(event, 3, source, offset, length);
  }

  @Override
  public void mappingWrite(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      int widthBytes,
      long value) {
    write(MAPPING_WRITE, lane, timeNanos, mapping, mappingOffset, busAddress, widthBytes);
    write.append(widthBytes, value);
  }

  @Override
  public void mappingWrite(
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      byte[] source,
      int offset,
      int length) {
    write(MAPPING_WRITE, lane, timeNanos, mapping, mappingOffset, busAddress, length);
    write.append(source, offset, length);
  }

  @Override
  public void separate() {
    settle();
  }

  @Override
  public void interrupt(int lane, long timeNanos, long vector) {
    beginEvent(INTERRUPT, lane, timeNanos).ints(0).append(vector);
  }

  @Override
  public FieldSink begin(EventKind kind, int lane, long timeNanos) {
    if (kind.role() != CallRole.NONE || !isKnown(kind))
      throw new IllegalArgumentException("no kind of event to begin: " + kind);
    return appender.start(beginEvent(kind.id(), lane, timeNanos));
  }

  @Override
  public FieldSink enter(CallType call, int lane, long timeNanos) {
    EventKind kind =
        switch (call.door()) {
          case APP -> EventKinds.CALL_ENTER;
          case DDI -> EventKinds.DDI_ENTER;
          case CALLBACK -> EventKinds.CALLBACK_ENTER;
        };
    return beginCall(kind, call, columns.enter(call), lane, timeNanos);
  }

  @Override
  public FieldSink leave(CallType call, int lane, long timeNanos) {
    EventKind kind =
        switch (call.door()) {
          case APP -> EventKinds.CALL_LEAVE;
          case DDI -> EventKinds.DDI_LEAVE;
          case CALLBACK -> EventKinds.CALLBACK_LEAVE;
        };
    return beginCall(kind, call, columns.leave(call), lane, timeNanos);
  }

  /** How often a door was crossed: the events, and the reads that were folded into them. */
  public long crossingCount() {
    return eventCount() + foldedReads;
  }

  /** Hands over the open chunk, full or not. More events may follow in a new one. */
  public void flush() {
    settle();
    emit();
  }

  int placeOfText(String text) {
    int known = columns.textCount();
    int place = columns.text(text);
    if (place == known) spentBytes += MOST_UTF8_BYTES * text.length();
    return place;
  }

  /** Appends to the two columns of a bytes field. */
  void appendBytes(FieldColumns event, int column, byte[] source, int offset, int length) {
    if (length < Blob.APART_FROM_BYTES) {
      event.ints(column).append(length);
      event.raw(column + 1).append(source, offset, length);
      spentBytes += length;
      return;
    }
    ContentHash hash = ContentHash.of(source, offset, length);
    if (!columns.hasBlob(hash)) sink.blob(hash, source, offset, length);
    event.ints(column).append(-1 - columns.blob(hash, length));
  }

  void countValue() {
    spentBytes += VALUE_BYTES;
  }

  private FieldSink beginCall(
      EventKind kind, CallType call, FieldColumns fields, int lane, long timeNanos) {
    beginEvent(kind.id(), lane, timeNanos).ints(0).append(call.id());
    fields.use();
    return appender.start(fields);
  }

  private boolean isKnown(EventKind kind) {
    EventKind known = schema.kind(kind.id()).orElse(null);
    return known == kind || kind.equals(known);
  }

  private void access(int kind, int lane, long timeNanos, int offset, int widthBytes, long value) {
    FieldColumns event = beginEvent(kind, lane, timeNanos);
    event.ints(0).append(offset);
    event.ints(1).append(widthBytes);
    event.ints(2).append(value);
  }

  private void read(
      int kind,
      int lane,
      long timeNanos,
      long mapping,
      long place,
      long busAddress,
      int widthBytes,
      long value) {
    if (readPends
        && read.repeats(kind, lane, timeNanos, mapping, place, busAddress, widthBytes, value)) {
      foldedReads++;
      return;
    }
    settle();
    read.start(kind, lane, timeNanos, mapping, place, busAddress, widthBytes, value);
    readPends = true;
  }

  private void write(
      int kind,
      int lane,
      long timeNanos,
      long mapping,
      long place,
      long busAddress,
      int lengthBytes) {
    if (writePends && write.isContinuedBy(kind, lane, mapping, place, busAddress, lengthBytes))
      return;
    settle();
    write.start(kind, lane, timeNanos, mapping, place, busAddress);
    writePends = true;
  }

  /** Appends what was held back in the hope of more. */
  private void settle() {
    if (appender.isOpen()) throw new IllegalStateException("the event before is not ended");
    if (readPends) settleRead();
    else if (writePends) settleWrite();
  }

  private void settleRead() {
    readPends = false;
    FieldColumns event = append(read.kind, read.lane, read.timeNanos);
    int column = 0;
    if (read.kind == MAPPING_READ) event.ints(column++).append(read.mapping);
    event.ints(column++).append(read.place);
    if (read.kind == MAPPING_READ) event.ints(column++).append(read.busAddress);
    event.ints(column++).append(read.widthBytes);
    event.ints(column++).append(read.value);
    event.ints(column++).append(read.count);
    event.ints(column).append(read.stepNanos);
  }

  private void settleWrite() {
    writePends = false;
    FieldColumns event = append(write.kind, write.lane, write.timeNanos);
    int column = 0;
    if (write.kind == MAPPING_WRITE) event.ints(column++).append(write.mapping);
    event.ints(column++).append(write.place);
    if (write.kind == MAPPING_WRITE) event.ints(column++).append(write.busAddress);
    appendBytes(event, column, write.bytes, 0, write.length);
  }

  private FieldColumns beginEvent(int kind, int lane, long timeNanos) {
    settle();
    return append(kind, lane, timeNanos);
  }

  private FieldColumns append(int kind, int lane, long timeNanos) {
    if (columns.eventCount() == CHUNK_EVENTS || spentBytes >= CHUNK_BYTES) emit();
    if (columns.eventCount() == 0) {
      firstTimeNanos = timeNanos;
      lastTimeNanos = timeNanos;
    }
    firstTimeNanos = Math.min(firstTimeNanos, timeNanos);
    lastTimeNanos = Math.max(lastTimeNanos, timeNanos);
    return columns.begin(kind, lane, timeNanos);
  }

  private void emit() {
    int events = columns.eventCount();
    if (events == 0) return;
    var range = new ChunkRange(chunkFirstEvent, events, firstTimeNanos, lastTimeNanos);
    BitSet kinds = columns.kinds();
    byte[] payload = columns.encode();
    columns.reset();
    chunkFirstEvent += events;
    spentBytes = 0;
    sink.chunk(range, kinds, payload);
  }
}

package dev.systole.trace;

import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import java.util.Arrays;

/**
 * Notes of what is to be appended: each a word (operation, width, lane), then its numbers, and its
 * references beside them.
 */
final class HandoffBlock {
  // Events: a word, the time, two numbers
  static final int REGISTER_READ = 0;
  static final int REGISTER_WRITE = 1;
  static final int CONFIG_READ = 2;
  static final int CONFIG_WRITE = 3;
  static final int MEMORY_READ = 4;
  static final int MEMORY_WRITE = 5;
  static final int MEMORY_READ_BLOCK = 6;
  static final int MEMORY_WRITE_BLOCK = 7;
  static final int MAPPING_READ = 8;
  static final int MAPPING_WRITE = 9;
  static final int MAPPING_READ_BLOCK = 10;
  static final int MAPPING_WRITE_BLOCK = 11;
  static final int INTERRUPT = 12;
  static final int LATE = 13;
  static final int BEGIN = 14;
  static final int ENTER = 15;
  static final int LEAVE = 16;

  // The rest: a word and a number
  static final int SEPARATE = 17;
  static final int LANE = 18;
  static final int INTEGER = 19;
  static final int BOOL = 20;
  static final int TEXT = 21;
  static final int BYTES = 22;
  static final int LIST_SIZE = 23;
  static final int PRESENT = 24;
  static final int ALTERNATIVE = 25;
  static final int END = 26;

  private static final int NUMBERS = 1 << 15;
  private static final int REFERENCES = 1 << 13;

  /** More than any note takes. */
  private static final int NOTE_NUMBERS_MAX = 8;

  private static final int NOTE_REFERENCES_MAX = 2;

  /** What every event takes. */
  private static final int ACCESS_NUMBERS = 4;

  private static final int WIDTH_SHIFT = 8;
  private static final int LANE_SHIFT = 32;

  private final long[] numbers = new long[NUMBERS];
  private final Object[] references = new Object[REFERENCES];
  private int numberCount;
  private int referenceCount;

  // Of the reader
  private int nextNumber;
  private int nextReference;
  private FieldSink fields;

  boolean isFull() {
    return numberCount > NUMBERS - NOTE_NUMBERS_MAX
        || referenceCount > REFERENCES - NOTE_REFERENCES_MAX;
  }

  void access(int operation, int lane, long timeNanos, long place, int widthBytes, long value) {
    int at = numberCount;
    numbers[at] = word(operation, widthBytes, lane);
    numbers[at + 1] = timeNanos;
    numbers[at + 2] = place;
    numbers[at + 3] = value;
    numberCount = at + ACCESS_NUMBERS;
  }

  void block(int operation, int lane, long timeNanos, long address, byte[] bytes) {
    access(operation, lane, timeNanos, address, 0, 0);
    references[referenceCount++] = bytes;
  }

  void mapping(
      int operation,
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      int widthBytes,
      long value) {
    access(operation, lane, timeNanos, mapping, widthBytes, mappingOffset);
    numbers[numberCount++] = busAddress;
    numbers[numberCount++] = value;
  }

  void mappingBlock(
      int operation,
      int lane,
      long timeNanos,
      long mapping,
      long mappingOffset,
      long busAddress,
      byte[] bytes) {
    mapping(operation, lane, timeNanos, mapping, mappingOffset, busAddress, 0, 0);
    references[referenceCount++] = bytes;
  }

  void interrupt(int lane, long timeNanos, long vector) {
    access(INTERRUPT, lane, timeNanos, vector, 0, 0);
  }

  void separate() {
    number(SEPARATE, 0);
  }

  void lane(Lane lane) {
    reference(LANE, lane);
  }

  void late(LateEvent event, Object value, int lane, long timeNanos) {
    begin(LATE, event, lane, timeNanos);
    references[referenceCount++] = value;
  }

  void begin(int operation, Object what, int lane, long timeNanos) {
    access(operation, lane, timeNanos, 0, 0, 0);
    references[referenceCount++] = what;
  }

  void number(int operation, long value) {
    numbers[numberCount++] = operation;
    numbers[numberCount++] = value;
  }

  void reference(int operation, Object value) {
    number(operation, 0);
    references[referenceCount++] = value;
  }

  private static long word(int operation, int widthBytes, int lane) {
    return operation | (long) widthBytes << WIDTH_SHIFT | (long) lane << LANE_SHIFT;
  }

  void clear() {
    Arrays.fill(references, 0, referenceCount, null);
    numberCount = 0;
    referenceCount = 0;
  }

  /**
   * Appends everything to {@code sink}.
   *
   * @param open the event that an earlier block has begun and not ended
   * @return the event that this one has begun and not ended
   */
  FieldSink appendTo(EventSink sink, FieldSink open) {
    fields = open;
    nextNumber = 0;
    nextReference = 0;
    while (nextNumber < numberCount) {
      int operation = (int) numbers[nextNumber] & 0xff;
      if (operation < SEPARATE) appendEvent(operation, sink);
      else appendRest(operation, sink);
    }
    return fields;
  }

  private void appendEvent(int operation, EventSink sink) {
    int at = nextNumber;
    int width = (int) numbers[at] >>> WIDTH_SHIFT;
    int lane = (int) (numbers[at] >>> LANE_SHIFT);
    long time = numbers[at + 1];
    long place = numbers[at + 2];
    long value = numbers[at + 3];
    nextNumber = at + ACCESS_NUMBERS;
    switch (operation) {
      case REGISTER_READ -> sink.registerRead(lane, time, (int) place, width, value);
      case REGISTER_WRITE -> sink.registerWrite(lane, time, (int) place, width, value);
      case CONFIG_READ -> sink.configRead(lane, time, (int) place, width, value);
      case CONFIG_WRITE -> sink.configWrite(lane, time, (int) place, width, value);
      case MEMORY_READ -> sink.memoryRead(lane, time, place, width, value);
      case MEMORY_WRITE -> sink.memoryWrite(lane, time, place, width, value);
      case INTERRUPT -> sink.interrupt(lane, time, place);
      case LATE -> ((LateEvent) reference()).append(reference(), sink, lane, time);
      case BEGIN -> fields = sink.begin((EventKind) reference(), lane, time);
      case ENTER -> fields = sink.enter((CallType) reference(), lane, time);
      case LEAVE -> fields = sink.leave((CallType) reference(), lane, time);
      case MEMORY_READ_BLOCK -> {
        byte[] bytes = (byte[]) reference();
        sink.memoryRead(lane, time, place, bytes, 0, bytes.length);
      }
      case MEMORY_WRITE_BLOCK -> {
        byte[] bytes = (byte[]) reference();
        sink.memoryWrite(lane, time, place, bytes, 0, bytes.length);
      }
      default -> appendMapping(operation, sink, lane, time, place, value, width);
    }
  }

  private void appendMapping(
      int operation,
      EventSink sink,
      int lane,
      long time,
      long mapping,
      long mappingOffset,
      int width) {
    long busAddress = numbers[nextNumber++];
    long value = numbers[nextNumber++];
    switch (operation) {
      case MAPPING_READ ->
          sink.mappingRead(lane, time, mapping, mappingOffset, busAddress, width, value);
      case MAPPING_WRITE ->
          sink.mappingWrite(lane, time, mapping, mappingOffset, busAddress, width, value);
      case MAPPING_READ_BLOCK -> {
        byte[] bytes = (byte[]) reference();
        sink.mappingRead(lane, time, mapping, mappingOffset, busAddress, bytes, 0, bytes.length);
      }
      case MAPPING_WRITE_BLOCK -> {
        byte[] bytes = (byte[]) reference();
        sink.mappingWrite(lane, time, mapping, mappingOffset, busAddress, bytes, 0, bytes.length);
      }
      default -> throw new IllegalStateException("no operation " + operation);
    }
  }

  private void appendRest(int operation, EventSink sink) {
    long value = numbers[nextNumber + 1];
    nextNumber += 2;
    switch (operation) {
      case SEPARATE -> sink.separate();
      case LANE -> sink.lane((Lane) reference());
      case INTEGER -> fields.integer(value);
      case BOOL -> fields.bool(value != 0);
      case TEXT -> fields.text((String) reference());
      case BYTES -> fields.bytes((byte[]) reference());
      case LIST_SIZE -> fields.listSize((int) value);
      case PRESENT -> fields.present(value != 0);
      case ALTERNATIVE -> fields.alternative((int) value);
      case END -> fields.end();
      default -> throw new IllegalStateException("no operation " + operation);
    }
  }

  private Object reference() {
    return references[nextReference++];
  }
}

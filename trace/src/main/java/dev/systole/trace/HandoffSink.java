package dev.systole.trace;

import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lets another thread do the appending, so that whoever tells what happens loses little time: it
 * only notes numbers and references in a block, and hands full blocks over. The order of events,
 * and so the bytes of a trace, do not depend on how the two threads take turns.
 *
 * <p>Close it before the sink behind it is used again; what is told afterwards is not appended.
 */
public final class HandoffSink implements EventSink, AutoCloseable {
  /** Blocks in circulation: what bounds the memory when the other thread is slower. */
  private static final int BLOCKS = 8;

  private final EventSink target;
  private final BlockingQueue<HandoffBlock> full = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<HandoffBlock> empty = new ArrayBlockingQueue<>(BLOCKS);
  private final Map<Lane, Integer> lanes = new HashMap<>();
  private final Fields fields = new Fields();
  private final Thread worker;
  private volatile Throwable failure;
  private volatile boolean ending;
  private HandoffBlock block = new HandoffBlock();
  private long eventCount;
  private boolean closed;
  private boolean failureThrown;

  /** Appends to {@code target}, which nobody else uses until {@link #close}. */
  public HandoffSink(EventSink target) {
    this.target = target;
    for (int i = 1; i < BLOCKS; i++) empty.add(new HandoffBlock());
    worker = Thread.ofPlatform().name("trace-encoder").daemon().start(this::work);
  }

  /** Waits until everything is appended; throws what went wrong on the other thread. */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    ending = true;
    put(full, block);
    uninterrupted(
        () -> {
          worker.join();
          return null;
        });
    if (!failureThrown) throwFailure();
  }

  private void throwFailure() {
    if (failure == null) return;
    failureThrown = true;
    if (failure instanceof Error e) throw e;
    throw (RuntimeException) failure;
  }

  @Override
  public int lane(Lane lane) {
    Integer known = lanes.get(lane);
    if (known != null) return known;
    room().lane(lane);
    lanes.put(lane, lanes.size());
    return lanes.size() - 1;
  }

  /** How many were handed in; folding and merging make fewer of them. */
  @Override
  public long eventCount() {
    return eventCount;
  }

  @Override
  public void registerRead(int lane, long timeNanos, int offset, int widthBytes, long value) {
    event().access(HandoffBlock.REGISTER_READ, lane, timeNanos, offset, widthBytes, value);
  }

  @Override
  public void registerWrite(int lane, long timeNanos, int offset, int widthBytes, long value) {
    event().access(HandoffBlock.REGISTER_WRITE, lane, timeNanos, offset, widthBytes, value);
  }

  @Override
  public void configRead(int lane, long timeNanos, int offset, int widthBytes, long value) {
    event().access(HandoffBlock.CONFIG_READ, lane, timeNanos, offset, widthBytes, value);
  }

  @Override
  public void configWrite(int lane, long timeNanos, int offset, int widthBytes, long value) {
    event().access(HandoffBlock.CONFIG_WRITE, lane, timeNanos, offset, widthBytes, value);
  }

  @Override
  public void memoryRead(int lane, long timeNanos, long address, int widthBytes, long value) {
    event().access(HandoffBlock.MEMORY_READ, lane, timeNanos, address, widthBytes, value);
  }

  @Override
  public void memoryWrite(int lane, long timeNanos, long address, int widthBytes, long value) {
    event().access(HandoffBlock.MEMORY_WRITE, lane, timeNanos, address, widthBytes, value);
  }

  @Override
  public void memoryRead(
      int lane, long timeNanos, long address, byte[] source, int offset, int length) {
    event()
        .block(
            HandoffBlock.MEMORY_READ_BLOCK, lane, timeNanos, address, copy(source, offset, length));
  }

  @Override
  public void memoryWrite(
      int lane, long timeNanos, long address, byte[] source, int offset, int length) {
    event()
        .block(
            HandoffBlock.MEMORY_WRITE_BLOCK,
            lane,
            timeNanos,
            address,
            copy(source, offset, length));
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
    event()
        .mapping(
            HandoffBlock.MAPPING_READ,
            lane,
            timeNanos,
            mapping,
            mappingOffset,
            busAddress,
            widthBytes,
            value);
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
    event()
        .mapping(
            HandoffBlock.MAPPING_WRITE,
            lane,
            timeNanos,
            mapping,
            mappingOffset,
            busAddress,
            widthBytes,
            value);
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
    event()
        .mappingBlock(
            HandoffBlock.MAPPING_READ_BLOCK,
            lane,
            timeNanos,
            mapping,
            mappingOffset,
            busAddress,
            copy(source, offset, length));
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
    event()
        .mappingBlock(
            HandoffBlock.MAPPING_WRITE_BLOCK,
            lane,
            timeNanos,
            mapping,
            mappingOffset,
            busAddress,
            copy(source, offset, length));
  }

  private static byte[] copy(byte[] source, int offset, int length) {
    return Arrays.copyOfRange(source, offset, offset + length);
  }

  @Override
  public void separate() {
    room().separate();
  }

  @Override
  public void interrupt(int lane, long timeNanos, long vector) {
    event().interrupt(lane, timeNanos, vector);
  }

  @Override
  public void defer(LateEvent event, Object value, int lane, long timeNanos) {
    event().late(event, value, lane, timeNanos);
  }

  @Override
  public FieldSink begin(EventKind kind, int lane, long timeNanos) {
    event().begin(HandoffBlock.BEGIN, kind, lane, timeNanos);
    return fields;
  }

  @Override
  public FieldSink enter(CallType call, int lane, long timeNanos) {
    event().begin(HandoffBlock.ENTER, call, lane, timeNanos);
    return fields;
  }

  @Override
  public FieldSink leave(CallType call, int lane, long timeNanos) {
    event().begin(HandoffBlock.LEAVE, call, lane, timeNanos);
    return fields;
  }

  /** Notes the fields of the event that is begun. */
  private final class Fields implements FieldSink {
    @Override
    public FieldSink integer(long value) {
      room().number(HandoffBlock.INTEGER, value);
      return this;
    }

    @Override
    public FieldSink bool(boolean value) {
      room().number(HandoffBlock.BOOL, value ? 1 : 0);
      return this;
    }

    @Override
    public FieldSink text(String value) {
      room().reference(HandoffBlock.TEXT, value);
      return this;
    }

    @Override
    public FieldSink bytes(byte[] source, int offset, int length) {
      room().reference(HandoffBlock.BYTES, copy(source, offset, length));
      return this;
    }

    @Override
    public FieldSink listSize(int elements) {
      room().number(HandoffBlock.LIST_SIZE, elements);
      return this;
    }

    @Override
    public FieldSink present(boolean value) {
      room().number(HandoffBlock.PRESENT, value ? 1 : 0);
      return this;
    }

    @Override
    public FieldSink alternative(int place) {
      room().number(HandoffBlock.ALTERNATIVE, place);
      return this;
    }

    @Override
    public void end() {
      room().number(HandoffBlock.END, 0);
    }
  }

  private HandoffBlock event() {
    eventCount++;
    return room();
  }

  /** A block with room for one more note. */
  private HandoffBlock room() {
    if (!block.isFull()) return block;
    if (closed) {
      block.clear();
      return block;
    }
    throwFailure();
    put(full, block);
    block = uninterrupted(empty::take);
    return block;
  }

  private static void put(BlockingQueue<HandoffBlock> queue, HandoffBlock block) {
    uninterrupted(
        () -> {
          queue.put(block);
          return null;
        });
  }

  /** The other thread. After a failure it only empties blocks, so that nobody waits for it. */
  private void work() {
    FieldSink open = null;
    while (!ending || !full.isEmpty()) {
      HandoffBlock next = uninterrupted(full::take);
      try {
        if (failure == null) open = next.appendTo(target, open);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      next.clear();
      empty.offer(next);
    }
  }

  private interface Waiting<T> {
    T run() throws InterruptedException;
  }

  /** Waits even when interrupted: a trace has no holes. */
  private static <T> T uninterrupted(Waiting<T> waiting) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return waiting.run();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}

package dev.systole.trace;

import dev.systole.trace.event.ContentHash;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes a trace. Events are appended on the caller's thread; a second one compresses and writes
 * full chunks. The bytes do not depend on how the two take turns.
 *
 * <p>A file gets its name when it is complete; until then it has {@code .part} behind it. What was
 * written before a program died can be read from there.
 */
public final class TraceWriter implements AutoCloseable {
  /** Chunks that may wait: what bounds the memory when the disk is slow. */
  private static final int QUEUE_CHUNKS = 8;

  /** What the second thread does with the file. */
  @FunctionalInterface
  private interface Work {
    void on(ChunkFile file) throws IOException;
  }

  private static final Work STOP = _ -> {};

  private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(QUEUE_CHUNKS);
  private final Set<ContentHash> storedBlobs = new HashSet<>();
  private final ChunkEncoder encoder;
  private final ChunkFile file;
  private final Path part;
  private final Path name;
  private final Thread writer;
  private volatile IOException failure;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @throws IOException when it cannot be created
   */
  public static TraceWriter create(Path file, Header header) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    try {
      return new TraceWriter(out, header, part, file);
    } catch (IOException | RuntimeException e) {
      out.close();
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /** Writes to a stream, front to back, and closes it at the end. */
  public static TraceWriter to(OutputStream out, Header header) throws IOException {
    return new TraceWriter(out, header, null, null);
  }

  private TraceWriter(OutputStream out, Header header, Path part, Path name) throws IOException {
    this.part = part;
    this.name = name;
    file = new ChunkFile(out, header);
    encoder = new ChunkEncoder(header.schema(), new Chunks());
    writer = Thread.ofPlatform().name("trace-writer").daemon().start(this::work);
  }

  /** Where the events go. */
  public EventSink events() {
    return encoder;
  }

  /** Closes the open chunk, so that what was appended so far will be in the file. */
  public void flush() {
    encoder.flush();
  }

  /** How often a door was crossed: the events, and the reads that were folded into them. */
  public long crossingCount() {
    return encoder.crossingCount();
  }

  /**
   * Stored bytes of events and blobs, without header and index; known once the writer is closed.
   */
  public long contentBytes() {
    return file.contentBytes();
  }

  /**
   * Completes the trace and gives it its name.
   *
   * @throws IOException when any of it could not be written
   */
  @Override
  public void close() throws IOException {
    if (closed) return;
    closed = true;
    boolean whole = false;
    try {
      encoder.flush();
      whole = true;
    } finally {
      end(whole);
    }
    if (failure != null) throw failure;
    if (name != null)
      Files.move(part, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ends without a trace: nothing is left under the final name or beside it. */
  public void abandon() throws IOException {
    if (closed) return;
    closed = true;
    end(false);
    if (part != null) Files.deleteIfExists(part);
  }

  private void end(boolean complete) {
    if (complete) put(ChunkFile::finish);
    put(STOP);
    uninterrupted(writer::join);
  }

  private void put(Work work) {
    uninterrupted(() -> queue.put(work));
  }

  private interface Wait {
    void run() throws InterruptedException;
  }

  /** Waits even when interrupted, and remembers that for the caller: a trace has no holes. */
  private static void uninterrupted(Wait wait) {
    boolean interrupted = false;
    for (boolean done = false; !done; ) {
      try {
        wait.run();
        done = true;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** The second thread. After a failure it only empties the queue, so that nobody waits for it. */
  private void work() {
    try (file) {
      for (Work work = queue.take(); work != STOP; work = queue.take()) {
        if (failure == null) attempt(work);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody knows this thread", e);
    }
  }

  private void attempt(Work work) {
    try {
      work.on(file);
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = new IOException("the trace cannot be written: " + e, e);
    }
  }

  private final class Chunks implements ChunkSink {
    @Override
    public void blob(ContentHash hash, byte[] source, int offset, int length) {
      if (!storedBlobs.add(hash)) return;
      byte[] content = Arrays.copyOfRange(source, offset, offset + length);
      put(file -> file.writeBlob(hash, content));
    }

    @Override
    public void chunk(ChunkRange range, BitSet kinds, byte[] payload) {
      if (failure != null && !closed) throw new UncheckedIOException(failure);
      put(file -> file.writeEvents(range, kinds, payload));
    }
  }
}

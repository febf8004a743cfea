package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubPacket.Comment;
import dev.systole.bridge.aub.AubPacket.Device;
import dev.systole.bridge.aub.AubPacket.MemoryWrite;
import dev.systole.bridge.aub.AubPacket.RegisterWrite;
import dev.systole.bridge.aub.AubPacket.RingWrite;
import dev.systole.bridge.aub.AubPacket.Skipped;
import dev.systole.bridge.aub.SubmissionPorts.Port;
import dev.systole.decoder.command.Hex;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.Buffer;
import dev.systole.decoder.stream.RingRange;
import dev.systole.errorstate.CapturedObject;
import dev.systole.spec.Engine;
import dev.systole.spec.gen12.SubmissionStructures;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * An AUB as submissions of commands to engines. Reading it carries out its memory writes, so that
 * at each submission memory is as the engine would have found it.
 */
public final class AubRecording implements Closeable {
  /** Where so much is wrong, more of it helps nobody. */
  private static final int MAX_DAMAGES = 32;

  private static final long CONTEXT_ADDRESS_MASK =
      Integer.toUnsignedLong(
          SubmissionStructures.CONTEXT_DESCRIPTOR_LOGICAL_RING_CONTEXT_ADDRESS_MASK);

  private final AubReader reader;
  private final AubMemory memory = new AubMemory(AubMemory.MAX_FRAMES);
  private final SubmissionPorts ports = new SubmissionPorts();
  private final Queue<Port> submitted = new ArrayDeque<>();
  private final List<AubDamage> damages = new ArrayList<>();
  private final Device device;
  private long offsetBytes;
  private int count;

  private AubRecording(AubReader reader, Device device) {
    this.reader = reader;
    this.device = device;
  }

  /**
   * Opens a stream, gzipped or not.
   *
   * @param name what messages call it
   * @throws AubException when it is no AUB
   */
  public static AubRecording open(InputStream in, String name) throws IOException {
    AubReader reader = AubReader.open(in, name);
    return new AubRecording(reader, (Device) reader.next().orElseThrow());
  }

  /** What was recorded. */
  public Device device() {
    return device;
  }

  /** The next submission, or nothing behind the last. */
  public Optional<AubSubmission> next() throws IOException {
    while (true) {
      while (!submitted.isEmpty()) {
        Optional<AubSubmission> submission = submission(submitted.remove());
        if (submission.isPresent()) return submission;
      }
      Optional<AubPacket> packet = reader.next();
      if (packet.isEmpty()) return Optional.empty();
      Optional<AubSubmission> submission = carryOut(packet.get());
      if (submission.isPresent()) return submission;
    }
  }

  /** What is wrong with the file, as far as it was read. */
  public List<AubDamage> damages() {
    var all = new ArrayList<>(damages);
    if (memory.lostBytes() > 0) {
      String what = "%d bytes of memory writes are lost".formatted(memory.lostBytes());
      all.add(new AubDamage(offsetBytes, what, "no GGTT entry leads anywhere, or over 1 GiB"));
    }
    reader.damage().ifPresent(all::add);
    return all;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private Optional<AubSubmission> carryOut(AubPacket packet) {
    offsetBytes = packet.offsetBytes();
    return switch (packet) {
      case MemoryWrite write -> {
        memory.write(write);
        yield Optional.empty();
      }
      case RegisterWrite write -> {
        submitted.addAll(ports.write(write));
        yield Optional.empty();
      }
      case RingWrite write when write.commands().sizeBytes() < Integer.BYTES -> Optional.empty();
      case RingWrite write -> Optional.of(submission(write));
      case Device _, Comment _, Skipped _ -> Optional.empty();
    };
  }

  private Optional<AubSubmission> submission(Port port) {
    long address = port.descriptor() & CONTEXT_ADDRESS_MASK;
    Optional<ContextImage> context = ContextImage.read(memory, address);
    if (context.isEmpty()) {
      damage("submits the context at GGTT " + Hex.address(address), "its image was never written");
      return Optional.empty();
    }
    var view = RecordedMemory.of(memory, context.get().root());
    Optional<RingRange> ring = context.get().ring(view);
    if (ring.isEmpty()) {
      damage("submits the context at GGTT " + Hex.address(address), "its ring was never written");
      return Optional.empty();
    }
    return Optional.of(submission(port.engine(), OptionalLong.of(address), view, ring.get()));
  }

  private AubSubmission submission(RingWrite write) {
    var commands = CapturedObject.of("", "ring", write.address(), write.commands());
    var ring = new Buffer(Space.GGTT, commands);
    int sizeBytes = ring.content().sizeBytes();
    var range = new RingRange(ring, sizeBytes, 0, sizeBytes);
    return submission(write.engine(), OptionalLong.empty(), RecordedMemory.flat(memory), range);
  }

  private AubSubmission submission(
      Engine engine, OptionalLong context, RecordedMemory view, RingRange ring) {
    return new AubSubmission(++count, offsetBytes, engine, context, view, ring);
  }

  private void damage(String what, String why) {
    if (damages.size() < MAX_DAMAGES) damages.add(new AubDamage(offsetBytes, what, why));
  }
}

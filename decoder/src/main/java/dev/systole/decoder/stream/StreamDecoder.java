package dev.systole.decoder.stream;

import dev.systole.decoder.command.BatchBufferEnd;
import dev.systole.decoder.command.BatchBufferStart;
import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.CommandReader;
import dev.systole.decoder.command.Dwords;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.UnknownCommand;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.decoder.stream.StreamElement.JumpNotFollowed;
import dev.systole.decoder.stream.StreamElement.SectionEnd;
import dev.systole.decoder.stream.StreamElement.SectionStart;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows commands through rings and batches (gen12-commands.md 1.2, 1.6) and tells a consumer of
 * each once. Whatever the memory holds it ends: no dword is decoded twice.
 *
 * <p>A batch that starts a batch jumps there, or, when that is of the second level, calls it. A
 * batch buffer end returns. Where a header is unknown and no rule tells its length, it goes on at
 * the next dword that begins a known command.
 */
public final class StreamDecoder {
  /** As deep as Mesa goes (gen12-commands.md 1.2); hardware has three levels. */
  private static final int MAX_LEVEL = 100;

  private final CommandReader reader;
  private final EngineClass engine;
  private final MemoryView memory;
  private final Consumer<? super StreamElement> consumer;
  private final Map<Buffer, BitSet> decoded = new IdentityHashMap<>();

  /** The batches being executed, each with the commands it decoded so far. */
  private final List<Map<Buffer, BitSet>> active = new ArrayList<>();

  public StreamDecoder(
      CommandReader reader,
      EngineClass engine,
      MemoryView memory,
      Consumer<? super StreamElement> consumer) {
    this.reader = reader;
    this.engine = engine;
    this.memory = memory;
    this.consumer = consumer;
  }

  /** Decodes a part of a ring and all that it starts. */
  void ring(RingRange range) {
    Dwords dwords = range.dwords();
    String name = range.ring().name();
    consumer.accept(new SectionStart(name, range.location(0), 0));
    int index = 0;
    while (index < dwords.size()) {
      Location location = range.location(index);
      Command command = read(dwords, index, location);
      consumer.accept(new CommandRead(name, location, 0, command));
      index += command.dwords().size();
      if (command instanceof BatchBufferStart start) call(start, 0);
    }
    Location end = range.location(dwords.size());
    var reason = range.cutOff() ? SectionEnd.Reason.DAMAGED : SectionEnd.Reason.TAIL;
    consumer.accept(new SectionEnd(name, end, 0, reason));
  }

  /** Decodes a batch and all that it starts, unless that was done before. */
  public void batch(Location start) {
    Optional<Buffer> buffer = memory.bufferAt(start);
    if (buffer.isPresent() && !isDecoded(buffer.get(), start)) run(start, buffer.get(), 1);
  }

  private void call(BatchBufferStart start, int level) {
    followable(start, level).ifPresent(buffer -> run(start.target(), buffer, level + 1));
  }

  /** Runs a batch from its start over its jumps to its end. */
  private void run(Location start, Buffer buffer, int level) {
    active.add(new IdentityHashMap<>());
    Optional<BatchBufferStart> jump = section(start, buffer, level);
    while (jump.isPresent()) {
      Optional<Buffer> next = followable(jump.get(), level);
      if (next.isEmpty()) break;
      jump = section(jump.get().target(), next.get(), level);
    }
    active.removeLast();
  }

  /** Where a jump leads, if it can be followed; otherwise says why not. */
  private Optional<Buffer> followable(BatchBufferStart start, int level) {
    Location target = start.target();
    Optional<Buffer> buffer = memory.bufferAt(target);
    JumpNotFollowed.Reason obstacle = null;
    if (start.predicated()) {
      obstacle = JumpNotFollowed.Reason.PREDICATED;
    } else if (buffer.isEmpty()) {
      obstacle = JumpNotFollowed.Reason.NOT_CAPTURED;
    } else if (isActive(buffer.get(), target)) {
      obstacle = JumpNotFollowed.Reason.LOOP;
    } else if (isDecoded(buffer.get(), target)) {
      obstacle = JumpNotFollowed.Reason.ALREADY_DECODED;
    } else if (level >= MAX_LEVEL) {
      obstacle = JumpNotFollowed.Reason.TOO_DEEP;
    }
    if (obstacle == null) return buffer;
    consumer.accept(new JumpNotFollowed(target, level, obstacle));
    return Optional.empty();
  }

  /** Decodes commands that follow each other in one buffer; returns the jump that ends them. */
  private Optional<BatchBufferStart> section(Location start, Buffer buffer, int level) {
    consumer.accept(new SectionStart(buffer.name(), start, level));
    Dwords dwords = buffer.content();
    BitSet seen = decoded.computeIfAbsent(buffer, _ -> new BitSet());
    BitSet seenNow = active.getLast().computeIfAbsent(buffer, _ -> new BitSet());
    Location location = start;
    int index = buffer.index(start.address());
    SectionEnd.Reason end = ranOut(buffer);
    Optional<BatchBufferStart> jump = Optional.empty();
    while (index < dwords.size()) {
      if (seen.get(index)) {
        end = SectionEnd.Reason.ALREADY_DECODED;
        break;
      }
      Command command = read(dwords, index, location);
      int next = index + command.dwords().size();
      seen.set(index, next);
      seenNow.set(index, next);
      consumer.accept(new CommandRead(buffer.name(), location, level, command));
      index = next;
      location = location.plus(command.lengthBytes());
      if (command instanceof BatchBufferEnd) {
        end = SectionEnd.Reason.BATCH_BUFFER_END;
        break;
      }
      if (!(command instanceof BatchBufferStart batchStart)) continue;
      if (!batchStart.secondLevel() && !batchStart.predicated()) {
        end = SectionEnd.Reason.JUMP;
        jump = Optional.of(batchStart);
        break;
      }
      call(batchStart, level);
    }
    consumer.accept(new SectionEnd(buffer.name(), location, level, end));
    return jump;
  }

  private static SectionEnd.Reason ranOut(Buffer buffer) {
    return buffer.damage().isPresent() ? SectionEnd.Reason.DAMAGED : SectionEnd.Reason.RAN_OUT;
  }

  /** Reads a command; an unknown one reaches to where something known begins. */
  private Command read(Dwords dwords, int index, Location location) {
    Command command = reader.read(engine, dwords, index, location.address());
    if (!(command instanceof UnknownCommand) || command.dwords().size() > 1) return command;
    int next = index + 1;
    while (next < dwords.size() && !beginsCommand(dwords, next)) next++;
    return new UnknownCommand(location.address(), dwords.slice(index, next - index), 0);
  }

  private boolean beginsCommand(Dwords dwords, int index) {
    int header = dwords.get(index);
    return reader.knows(engine, header)
        && reader.read(engine, dwords, index, 0).missingDwords() == 0;
  }

  private boolean isDecoded(Buffer buffer, Location location) {
    return contains(decoded, buffer, location);
  }

  private boolean isActive(Buffer buffer, Location location) {
    return active.stream().anyMatch(commands -> contains(commands, buffer, location));
  }

  private static boolean contains(Map<Buffer, BitSet> commands, Buffer buffer, Location location) {
    BitSet seen = commands.get(buffer);
    return seen != null && seen.get(buffer.index(location.address()));
  }
}

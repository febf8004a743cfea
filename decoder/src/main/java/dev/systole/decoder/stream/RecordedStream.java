package dev.systole.decoder.stream;

import dev.systole.decoder.command.CommandReader;
import dev.systole.decoder.command.RegisterNames;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.spec.Engine;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Commands that were recorded when they were submitted: nothing is known of what became of them.
 */
public final class RecordedStream implements CommandStream {
  private final CommandReader reader;
  private final RegisterNames registers;
  private final Engine engine;
  private final String headline;
  private final MemoryView memory;
  private final RingRange range;

  /**
   * @param range the part of the ring that was submitted
   */
  public RecordedStream(
      CommandReader reader,
      RegisterNames registers,
      Engine engine,
      String headline,
      MemoryView memory,
      RingRange range) {
    this.reader = reader;
    this.registers = registers;
    this.engine = engine;
    this.headline = headline;
    this.memory = memory;
    this.range = range;
  }

  @Override
  public String name() {
    return engine.kernelName();
  }

  @Override
  public String headline() {
    return headline;
  }

  @Override
  public MemoryView memory() {
    return memory;
  }

  @Override
  public Optional<String> registerName(int offset, boolean relative) {
    return registers.name(relative ? offset + engine.mmioBase() : offset);
  }

  @Override
  public Optional<ExecutionPoint> point() {
    return Optional.empty();
  }

  @Override
  public boolean isHung(CommandRead read) {
    return false;
  }

  @Override
  public void forEach(Consumer<? super StreamElement> consumer) {
    new StreamDecoder(reader, engine.engineClass(), memory, consumer).ring(range);
  }
}

package dev.systole.decoder.stream;

import dev.systole.decoder.command.CommandReader;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.RegisterNames;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** One engine of a dump: what it saw of memory, the commands it had, and where it stood. */
public final class EngineStream implements CommandStream {
  private final CommandReader reader;
  private final RegisterNames registers;
  private final ErrorState dump;
  private final EngineState state;
  private final EngineClass engineClass;
  private final GpuMemory memory;
  private final Optional<ExecutionPoint> point;

  public EngineStream(
      CommandReader reader,
      RegisterNames registers,
      ErrorState dump,
      EngineState state,
      EngineClass engineClass) {
    this.reader = reader;
    this.registers = registers;
    this.dump = dump;
    this.state = state;
    this.engineClass = engineClass;
    memory = GpuMemory.of(dump, state);
    point = ExecutionPointFinder.find(this, reader);
  }

  @Override
  public String name() {
    return state.name();
  }

  @Override
  public String headline() {
    return name() + (state.hung() ? ": hung" : ": not hung");
  }

  public EngineState state() {
    return state;
  }

  public EngineClass engineClass() {
    return engineClass;
  }

  @Override
  public GpuMemory memory() {
    return memory;
  }

  @Override
  public Optional<String> registerName(int offset, boolean relative) {
    return registers.name(relative ? offset + mmioBase() : offset);
  }

  private int mmioBase() {
    return Arrays.stream(Engine.values())
        .filter(engine -> engine.kernelName().equals(name()))
        .mapToInt(Engine::mmioBase)
        .findFirst()
        .orElse(0);
  }

  /** Where the engine stood, unless the dump lacks the registers that tell it. */
  @Override
  public Optional<ExecutionPoint> point() {
    return point;
  }

  /** IPEHR xor INSTDONE as the hang message has it, which is about the first hung engine. */
  OptionalInt signature() {
    Optional<EngineState> first = dump.engines().stream().filter(EngineState::hung).findFirst();
    return dump.hang().isPresent() && first.equals(Optional.of(state))
        ? OptionalInt.of(dump.hang().get().signature())
        : OptionalInt.empty();
  }

  @Override
  public boolean isHung(CommandRead read) {
    return state.hung() && point.isPresent() && point.get().isAt(read);
  }

  /**
   * Tells of every command: those in the ring from the head of the current request on, with the
   * batches that they start; then captured batches that nothing started; last the commands from the
   * execution point on, where none of these reached it.
   */
  @Override
  public void forEach(Consumer<? super StreamElement> consumer) {
    var reached = new boolean[1];
    StreamDecoder decoder =
        walk(
            element -> {
              if (element instanceof CommandRead read) reached[0] |= isPoint(read);
              consumer.accept(element);
            });
    if (!reached[0])
      point.flatMap(ExecutionPoint::command).ifPresent(at -> decoder.batch(at.location()));
  }

  private boolean isPoint(CommandRead read) {
    return point.isPresent() && point.get().isAt(read);
  }

  /** As {@link #forEach}, without regard to the execution point. */
  StreamDecoder walk(Consumer<? super StreamElement> consumer) {
    var decoder = new StreamDecoder(reader, engineClass, memory, consumer);
    RingRange.of(state, memory).ifPresent(decoder::ring);
    for (CapturedObject object : state.objects()) {
      if (object.name().equals("batch")) {
        decoder.batch(new Location(Space.PPGTT, object.address()));
      }
    }
    return decoder;
  }
}

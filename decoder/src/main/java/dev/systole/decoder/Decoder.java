package dev.systole.decoder;

import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.CommandReader;
import dev.systole.decoder.command.Dwords;
import dev.systole.decoder.command.Field;
import dev.systole.decoder.command.Hex;
import dev.systole.decoder.command.RegisterNames;
import dev.systole.decoder.diagnosis.Diagnosis;
import dev.systole.decoder.stream.CommandStream;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.MemoryView;
import dev.systole.decoder.stream.RecordedStream;
import dev.systole.decoder.stream.RingRange;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import dev.systole.spec.Spec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns dwords, registers and whole dumps into names and fields. Safe for several threads. */
public final class Decoder {
  /** Made when it is first asked for; what it learns of commands serves all that is decoded. */
  private static final class Gen12 {
    static final Decoder DECODER = new Decoder(Spec.gen12());
  }

  private final CommandReader reader;
  private final RegisterNames registers;

  private Decoder(Spec spec) {
    reader = new CommandReader(spec);
    registers = new RegisterNames(spec);
  }

  /**
   * The decoder for Gen12. It names Gen9 and Gen11 commands as well: what they share has the same
   * headers, and lengths stand in the commands.
   */
  public static Decoder gen12() {
    return Gen12.DECODER;
  }

  /** The commands and the hang points of all engines of a dump. */
  public Decoding decode(ErrorState dump) {
    List<EngineStream> engines =
        dump.engines().stream().flatMap(engine -> stream(dump, engine).stream()).toList();
    return new Decoding(dump, engines, registers);
  }

  /** Why the GPU of a dump hung. */
  public Diagnosis diagnose(ErrorState dump) {
    return Diagnosis.of(decode(dump));
  }

  /**
   * The commands of a part of a ring and of all that it starts, in memory of any origin.
   *
   * @param headline what a reader sees above them
   */
  public CommandStream decode(Engine engine, String headline, MemoryView memory, RingRange range) {
    return new RecordedStream(reader, registers, engine, headline, memory, range);
  }

  private Optional<EngineStream> stream(ErrorState dump, EngineState engine) {
    return engineClass(engine.name())
        .map(type -> new EngineStream(reader, registers, dump, engine, type));
  }

  /** The class of an engine by its name in a dump, old or new. */
  static Optional<EngineClass> engineClass(String engine) {
    return Optional.ofNullable(
        switch (engine) {
          case "render" -> EngineClass.RENDER;
          case "bsd", "bsd2" -> EngineClass.VIDEO;
          case "blt" -> EngineClass.COPY;
          case "vebox" -> EngineClass.VIDEO_ENHANCE;
          default ->
              Arrays.stream(EngineClass.values())
                  .filter(type -> engine.matches(type.prefix() + "\\d+"))
                  .findFirst()
                  .orElse(null);
        });
  }

  /** The command that these dwords begin with. */
  public Command command(int[] dwords, EngineClass engine) {
    return reader.read(engine, Dwords.of(dwords), 0, 0);
  }

  /**
   * One line for the command that these dwords begin with: its name and the fields that are set.
   */
  public String describe(int[] dwords, EngineClass engine) {
    if (dwords.length == 0) return "nothing";
    Command command = command(dwords, engine);
    String fields =
        command.fields().stream()
            .filter(field -> field.value() != 0)
            .map(
                field ->
                    field.operand().isFlag() ? field.name() : field.name() + "=" + field.text())
            .collect(Collectors.joining(", "));
    String head = command.name() + " (" + Hex.dword(command.header()) + ")";
    return fields.isEmpty() ? head : head + ": " + fields;
  }

  /** The name of the register at an offset of BAR 0, {@code rcs0 RING_TAIL}; else the offset. */
  public String registerName(int mmioOffset) {
    return registers.name(mmioOffset).orElseGet(() -> Hex.dword(mmioOffset));
  }

  /** The fields of the register at an offset of BAR 0; none when it is unknown or has none. */
  public List<Field> registerFields(int mmioOffset, int value) {
    return registers.fields(mmioOffset, value);
  }
}

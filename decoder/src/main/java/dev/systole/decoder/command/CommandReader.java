package dev.systole.decoder.command;

import dev.systole.spec.CommandSpec;
import dev.systole.spec.EngineClass;
import dev.systole.spec.Spec;
import dev.systole.spec.gen12.MiCommands;
import dev.systole.spec.gen12.RenderCommands;
import java.util.IdentityHashMap;
import java.util.Map;

/** Reads commands by the tables of a spec. Safe for use by several threads. */
public final class CommandReader {
  private final Spec spec;
  private final Map<CommandSpec, CommandShape> shapes = new IdentityHashMap<>();

  public CommandReader(Spec spec) {
    this.spec = spec;
    for (CommandSpec command : spec.commands()) {
      shapes.put(command, new CommandShape(spec, command));
    }
  }

  /**
   * Reads one command.
   *
   * @param engine the class of the engine that would execute it; the same header can mean different
   *     commands on different engines
   * @param content what the command lies in
   * @param index the command's first dword in there
   * @param address GPU address of that dword
   */
  public Command read(EngineClass engine, Dwords content, int index, long address) {
    int header = content.get(index);
    int available = content.size() - index;
    CommandSpec found = spec.command(header, engine).orElse(null);
    if (found == null) {
      int length = Math.max(1, spec.lengthDwords(header, engine));
      int present = Math.min(length, available);
      return new UnknownCommand(address, content.slice(index, present), length - present);
    }
    CommandShape shape = shapes.get(found);
    int length = Math.min(shape.lengthDwords(header), available);
    return bind(found.header(), shape, address, content.slice(index, length));
  }

  /** Whether some command of that class of engines begins with this dword. */
  public boolean knows(EngineClass engine, int header) {
    return spec.command(header, engine).isPresent();
  }

  /** The name of the command that begins with this dword, or {@link UnknownCommand#NAME}. */
  public String name(EngineClass engine, int header) {
    return spec.command(header, engine).map(CommandSpec::name).orElse(UnknownCommand.NAME);
  }

  /** The length that this first dword asks for, at least one dword. */
  public int lengthDwords(EngineClass engine, int header) {
    return Math.max(1, spec.lengthDwords(header, engine));
  }

  private static Command bind(int opcode, CommandShape shape, long address, Dwords dwords) {
    if (dwords.size() < shortestDwords(opcode)) return new PlainCommand(shape, address, dwords);
    return switch (opcode) {
      case MiCommands.MI_ARB_ON_OFF -> new ArbOnOff(shape, address, dwords);
      case MiCommands.MI_BATCH_BUFFER_END -> new BatchBufferEnd(shape, address, dwords);
      case MiCommands.MI_BATCH_BUFFER_START -> new BatchBufferStart(shape, address, dwords);
      case MiCommands.MI_SEMAPHORE_WAIT -> new SemaphoreWait(shape, address, dwords);
      case MiCommands.MI_STORE_DATA_IMM -> new StoreDataImm(shape, address, dwords);
      case MiCommands.MI_FLUSH_DW -> new FlushDw(shape, address, dwords);
      case RenderCommands.PIPE_CONTROL -> new PipeControl(shape, address, dwords);
      default -> new PlainCommand(shape, address, dwords);
    };
  }

  /** How many dwords hold all that the kind looks at; what is shorter is read as plain. */
  private static int shortestDwords(int opcode) {
    return switch (opcode) {
      case MiCommands.MI_BATCH_BUFFER_START -> 3;
      case MiCommands.MI_SEMAPHORE_WAIT, MiCommands.MI_STORE_DATA_IMM, MiCommands.MI_FLUSH_DW -> 4;
      case RenderCommands.PIPE_CONTROL -> 6;
      default -> 1;
    };
  }
}

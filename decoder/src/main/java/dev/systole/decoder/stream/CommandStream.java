package dev.systole.decoder.stream;

import dev.systole.decoder.stream.StreamElement.CommandRead;
import java.util.Optional;
import java.util.function.Consumer;

/** Commands of one engine in the order of their execution, and what is known about them. */
public sealed interface CommandStream permits EngineStream, RecordedStream {
  /** The kernel's name of the engine, {@code rcs0}. */
  String name();

  /** What a reader sees above the commands, {@code rcs0: hung}. */
  String headline();

  /** What the engine saw of memory. */
  MemoryView memory();

  /**
   * The name of a register that a command mentions.
   *
   * @param relative whether the offset counts from the engine's registers, not from BAR 0
   */
  Optional<String> registerName(int offset, boolean relative);

  /** Where the engine stood, where that is known. */
  Optional<ExecutionPoint> point();

  /** Whether that command is the one that hangs. */
  boolean isHung(CommandRead read);

  /** Tells of every command and of what lies between them. */
  void forEach(Consumer<? super StreamElement> consumer);
}

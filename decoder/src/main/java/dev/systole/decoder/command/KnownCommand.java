package dev.systole.decoder.command;

import java.util.List;

/** A command that the spec describes. */
public sealed interface KnownCommand extends Command
    permits ArbOnOff,
        BatchBufferEnd,
        BatchBufferStart,
        FlushDw,
        PipeControl,
        PlainCommand,
        SemaphoreWait,
        StoreDataImm {
  CommandShape shape();

  @Override
  default String name() {
    return shape().name();
  }

  @Override
  default List<Field> fields() {
    return shape().fields(dwords());
  }

  @Override
  default int missingDwords() {
    return shape().lengthDwords(header()) - dwords().size();
  }
}

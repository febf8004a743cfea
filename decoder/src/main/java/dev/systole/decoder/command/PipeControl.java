package dev.systole.decoder.command;

import static dev.systole.spec.gen12.RenderCommands.*;

import java.util.Optional;

/** {@code PIPE_CONTROL}: flushes, stalls, and a write when they are done. */
public record PipeControl(CommandShape shape, long address, Dwords dwords)
    implements KnownCommand, MemoryWrite {
  /** These make of the address something else than a place in memory. */
  private static final int NOT_AN_ADDRESS =
      PIPE_CONTROL_STORE_DATA_INDEX | PIPE_CONTROL_LRI_POST_SYNC_OPERATION;

  @Override
  public Optional<Location> destination() {
    int flags = dwords.get(PIPE_CONTROL_POST_SYNC_OPERATION_DWORD);
    int operation = flags & PIPE_CONTROL_POST_SYNC_OPERATION_MASK;
    if (operation != PIPE_CONTROL_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA
        || (flags & NOT_AN_ADDRESS) != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Location(
            (flags & PIPE_CONTROL_DESTINATION_ADDRESS_TYPE_GGTT) == 0 ? Space.PPGTT : Space.GGTT,
            dwords.getLong(PIPE_CONTROL_ADDRESS_DWORD) & ~3L));
  }

  @Override
  public Dwords data() {
    return dwords.slice(PIPE_CONTROL_IMMEDIATE_DATA_DWORD, 2);
  }
}

package dev.systole.decoder.command;

import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START_ADDRESS_DWORD;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START_PREDICATE_ENABLE;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START_SECOND_LEVEL;

/** {@code MI_BATCH_BUFFER_START}: a call from the ring or to the next level, else a jump. */
public record BatchBufferStart(CommandShape shape, long address, Dwords dwords)
    implements KnownCommand {
  public Location target() {
    return new Location(
        hasFlag(MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT) ? Space.PPGTT : Space.GGTT,
        dwords.getLong(MI_BATCH_BUFFER_START_ADDRESS_DWORD) & ~3L);
  }

  /** Whether a batch that starts it is resumed behind it (gen12-commands.md 1.6). */
  public boolean secondLevel() {
    return hasFlag(MI_BATCH_BUFFER_START_SECOND_LEVEL);
  }

  /** Whether it is skipped when MI_PREDICATE_RESULT says so. */
  public boolean predicated() {
    return hasFlag(MI_BATCH_BUFFER_START_PREDICATE_ENABLE);
  }

  private boolean hasFlag(int flag) {
    return (header() & flag) != 0;
  }
}

package dev.systole.decoder.command;

import static dev.systole.spec.gen12.MiCommands.*;

import java.util.Optional;

/** {@code MI_FLUSH_DW}: waits until the engine is idle, then may write. */
public record FlushDw(CommandShape shape, long address, Dwords dwords)
    implements KnownCommand, MemoryWrite {
  @Override
  public Optional<Location> destination() {
    int operation = header() & MI_FLUSH_DW_POST_SYNC_OPERATION_MASK;
    if (operation != MI_FLUSH_DW_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA
        || (header() & MI_FLUSH_DW_STORE_DATA_INDEX) != 0) {
      return Optional.empty();
    }
    long address = dwords.getLong(MI_FLUSH_DW_ADDRESS_DWORD);
    boolean ggtt = (address & MI_FLUSH_DW_DESTINATION_ADDRESS_TYPE_GGTT) != 0;
    return Optional.of(new Location(ggtt ? Space.GGTT : Space.PPGTT, address & ~7L));
  }

  @Override
  public Dwords data() {
    return dwords.slice(
        MI_FLUSH_DW_IMMEDIATE_DATA_DWORD, dwords.size() - MI_FLUSH_DW_IMMEDIATE_DATA_DWORD);
  }
}

package dev.systole.decoder.command;

import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM_ADDRESS_DWORD;
import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM_IMMEDIATE_DATA_DWORD;
import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM_USE_GLOBAL_GTT;

import java.util.Optional;

/** {@code MI_STORE_DATA_IMM}: writes what follows the address in the command. */
public record StoreDataImm(CommandShape shape, long address, Dwords dwords)
    implements KnownCommand, MemoryWrite {
  private static final int DATA_DWORD = MI_STORE_DATA_IMM_IMMEDIATE_DATA_DWORD;

  @Override
  public Optional<Location> destination() {
    return Optional.of(
        new Location(
            (header() & MI_STORE_DATA_IMM_USE_GLOBAL_GTT) == 0 ? Space.PPGTT : Space.GGTT,
            dwords.getLong(MI_STORE_DATA_IMM_ADDRESS_DWORD) & ~3L));
  }

  @Override
  public Dwords data() {
    return dwords.slice(DATA_DWORD, dwords.size() - DATA_DWORD);
  }
}

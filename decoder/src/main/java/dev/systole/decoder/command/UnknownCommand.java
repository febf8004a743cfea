package dev.systole.decoder.command;

import java.util.List;

/**
 * Something whose header no table knows. It is as long as the rules for unknown commands say, one
 * dword where they say nothing (gen12-commands.md 1.2).
 */
public record UnknownCommand(long address, Dwords dwords, int missingDwords) implements Command {
  public static final String NAME = "unknown";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }
}

package dev.systole.decoder.command;

import static dev.systole.spec.gen12.MiCommands.MI_ARB_ON_OFF_ARBITRATION_ENABLE;

/** {@code MI_ARB_ON_OFF}: whether the engine may be preempted from here on. */
public record ArbOnOff(CommandShape shape, long address, Dwords dwords) implements KnownCommand {
  public boolean on() {
    return (header() & MI_ARB_ON_OFF_ARBITRATION_ENABLE) != 0;
  }
}

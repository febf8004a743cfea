package dev.systole.decoder.command;

/** A command about which the decoder knows no more than the spec says. */
public record PlainCommand(CommandShape shape, long address, Dwords dwords)
    implements KnownCommand {}

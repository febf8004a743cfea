package dev.systole.decoder.command;

/** {@code MI_BATCH_BUFFER_END}: back to where the batch was started. */
public record BatchBufferEnd(CommandShape shape, long address, Dwords dwords)
    implements KnownCommand {}

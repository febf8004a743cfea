package dev.systole.trace.event;

/** Hashes of the hardware's state at this moment, by which a divergence is found. */
public record StateHash(At at, long registers, long memory, long engines) implements Event {}

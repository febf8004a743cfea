package dev.systole.trace.event;

/**
 * The place of an event in its trace.
 *
 * @param number counted from 0
 * @param timeNanos virtual time; of the first of what was folded or merged into one event
 */
public record At(long number, long timeNanos, Lane lane) {}

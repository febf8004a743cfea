package dev.systole.gpu.fault;

/**
 * Where a fault fired: enough for it to fire there again, and for a reader to find the place.
 *
 * @param fault as it was written
 * @param target what it hit
 * @param occasion which one it was: of a command, its number among all that the engine parsed in
 *     batches; of a deed, its number among those of the kind and target; of a moment, the time in
 *     nanoseconds
 * @param batchOrdinal which first-level batch of the engine, counted from 1; 0 outside of one
 * @param commandAddress GPU address of the command; 0 when there is none
 */
public record FaultPoint(
    String fault, FaultTarget target, long occasion, int batchOrdinal, long commandAddress) {}

package dev.systole.gpu.fault;

import dev.systole.spec.Engine;

/**
 * Where a fault fired in an earlier run, as {@code WorldDoor.faultFired} told it.
 *
 * @param fault as it was written
 * @param engine that it hit
 * @param batchOrdinal which first-level batch of the engine, counted from 1
 * @param commandAddress GPU address of the command
 */
public record FaultPoint(Fault fault, Engine engine, int batchOrdinal, long commandAddress) {}

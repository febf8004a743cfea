package dev.systole.gpu.pci;

import dev.systole.spec.Engine;

/**
 * What an engine that is not idle is at.
 *
 * @param commandAddress GPU address of its command
 * @param commandHeader the command's first dword, as in RING_IPEHR
 */
public record EngineActivity(Engine engine, long commandAddress, int commandHeader) {}

package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.RingRegisters.RING_IPEHR;

import dev.systole.gpu.engine.CommandStreamer;
import dev.systole.spec.Engine;

/**
 * What an engine that is not idle is at.
 *
 * @param commandAddress GPU address of its command
 * @param commandHeader the command's first dword, as in RING_IPEHR
 */
public record EngineActivity(Engine engine, long commandAddress, int commandHeader) {
  static EngineActivity of(CommandStreamer streamer) {
    return new EngineActivity(
        streamer.engine(), streamer.state().commandAddress(), streamer.read(RING_IPEHR));
  }
}

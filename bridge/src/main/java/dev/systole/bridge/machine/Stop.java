package dev.systole.bridge.machine;

import dev.systole.decoder.command.Hex;

/**
 * Where an engine stands.
 *
 * @param header of the command that it executes, from IPEHR
 * @param address that it has come to, from ACTHD
 */
public record Stop(int header, long address) {
  @Override
  public String toString() {
    return "at %s (%s)".formatted(Hex.address(address), Hex.dword(header));
  }
}

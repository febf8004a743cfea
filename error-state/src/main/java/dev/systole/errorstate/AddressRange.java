package dev.systole.errorstate;

/**
 * A range of GPU addresses.
 *
 * @param start first byte
 * @param end first byte behind it
 */
public record AddressRange(long start, long end) {
  public boolean contains(long address) {
    return Long.compareUnsigned(address - start, end - start) < 0;
  }
}

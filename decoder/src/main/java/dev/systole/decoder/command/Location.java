package dev.systole.decoder.command;

/**
 * A place in GPU memory.
 *
 * @param address masked to the 48 bits that the hardware looks at (gen12-commands.md 1.4)
 */
public record Location(Space space, long address) {
  private static final long ADDRESS_MASK = (1L << 48) - 1;

  public Location {
    address &= ADDRESS_MASK;
  }

  public Location plus(long bytes) {
    return new Location(space, address + bytes);
  }

  /** {@code GGTT 0x0000fe0f1400}. */
  @Override
  public String toString() {
    return space + " " + Hex.address(address);
  }
}

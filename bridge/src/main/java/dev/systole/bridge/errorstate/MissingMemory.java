package dev.systole.bridge.errorstate;

import dev.systole.decoder.command.Hex;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.Buffer;
import dev.systole.decoder.stream.GpuMemory;

/**
 * Memory that commands touched and a dump does not hold.
 *
 * @param page GPU address of the first page that was touched there
 * @param place where that is, by the buffers that the dump holds
 */
public record MissingMemory(long page, String place) {
  private static final String FAR = "far from every buffer of the dump";
  private static final long NEAR_BYTES = 16 << 20;

  static MissingMemory at(long page, GpuMemory memory) {
    String place =
        memory
            .nearestBelow(new Location(Space.PPGTT, page))
            .map(buffer -> behind(page, buffer))
            .orElse(FAR);
    return new MissingMemory(page, place);
  }

  private static String behind(long page, Buffer buffer) {
    long distance = page - buffer.end().address();
    return distance > NEAR_BYTES ? FAR : "0x%x bytes behind the %s".formatted(distance, buffer);
  }

  @Override
  public String toString() {
    return "no memory at %s, %s".formatted(Hex.address(page), place);
  }
}

package dev.systole.spec;

import dev.systole.spec.gen12.GtRegisters;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The power wells of Tiger Lake whose registers sleep by themselves (i915-kernel.md 5.4). */
public enum ForcewakeDomain {
  RENDER(
      GtRegisters.FORCEWAKE_RENDER,
      GtRegisters.FORCEWAKE_ACK_RENDER,
      "2000-26ff 2800-2aff 3000-3fff 5200-7fff 8140-815f 8300-84ff 94d0-955f b000-b3ff d800-d8ff",
      "dc00-efff 14800-1ffff 24a00-251ff"),
  GT(
      GtRegisters.FORCEWAKE_GT,
      GtRegisters.FORCEWAKE_ACK_GT,
      "2700-27ff 2b00-2fff 4000-51ff 8000-813f 8200-82ff 8500-94cf 9800-afff b400-cfff d900-dbff",
      "f000-147ff 22000-23fff 24180-249ff 25200-255ff 30000-3ffff"),
  VDBOX0(
      GtRegisters.FORCEWAKE_MEDIA_VDBOX,
      GtRegisters.FORCEWAKE_ACK_MEDIA_VDBOX,
      "20000-20fff 25600-2567f 25a00-25a7f 1c0000-1c3fff 1cc000-1cffff"),
  VDBOX2(
      GtRegisters.FORCEWAKE_MEDIA_VDBOX + 2 * GtRegisters.FORCEWAKE_MEDIA_VDBOX_STRIDE_BYTES,
      GtRegisters.FORCEWAKE_ACK_MEDIA_VDBOX
          + 2 * GtRegisters.FORCEWAKE_ACK_MEDIA_VDBOX_STRIDE_BYTES,
      "21000-21fff 25680-259ff 25a80-2ffff 1d0000-1d3fff"),
  VEBOX0(GtRegisters.FORCEWAKE_MEDIA_VEBOX, GtRegisters.FORCEWAKE_ACK_MEDIA_VEBOX, "1c8000-1cbfff");

  private static final ForcewakeDomain[] VALUES = values();

  private final int requestRegister;
  private final int ackRegister;

  /** First and last offset of each range, alternating. */
  private final int[] ranges;

  private final Optional<ForcewakeDomain> present = Optional.of(this);

  /** {@code ranges}: the first and the last offset of each, in hexadecimal. */
  ForcewakeDomain(int requestRegister, int ackRegister, String... ranges) {
    this.requestRegister = requestRegister;
    this.ackRegister = ackRegister;
    this.ranges =
        Stream.of(String.join(" ", ranges).split("[ -]"))
            .mapToInt(HexFormat::fromHexDigits)
            .toArray();
  }

  /** The well in which a register lies; empty: the register never sleeps. */
  public static Optional<ForcewakeDomain> of(int mmioOffset) {
    for (ForcewakeDomain domain : VALUES) {
      for (int i = 0; i < domain.ranges.length; i += 2) {
        if (mmioOffset >= domain.ranges[i] && mmioOffset <= domain.ranges[i + 1]) {
          return domain.present;
        }
      }
    }
    return Optional.empty();
  }

  /** The register that asks for the well: masked, bit 0, or bit 15 as the fallback. */
  public int requestRegister() {
    return requestRegister;
  }

  /** The register that says in the same bits what the well has granted. */
  public int ackRegister() {
    return ackRegister;
  }
}

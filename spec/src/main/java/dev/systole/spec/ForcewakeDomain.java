package dev.systole.spec;

import dev.systole.spec.gen12.GtRegisters;
import java.util.Optional;

/** The power wells of Tiger Lake whose registers sleep by themselves (i915-kernel.md 5.4). */
public enum ForcewakeDomain {
  RENDER(
      GtRegisters.FORCEWAKE_RENDER,
      GtRegisters.FORCEWAKE_ACK_RENDER,
      0x2000,
      0x26ff,
      0x2800,
      0x2aff,
      0x3000,
      0x3fff,
      0x5200,
      0x7fff,
      0x8140,
      0x815f,
      0x8300,
      0x84ff,
      0x94d0,
      0x955f,
      0xb000,
      0xb3ff,
      0xd800,
      0xd8ff,
      0xdc00,
      0xefff,
      0x14800,
      0x1ffff,
      0x24a00,
      0x251ff),
  GT(
      GtRegisters.FORCEWAKE_GT,
      GtRegisters.FORCEWAKE_ACK_GT,
      0x2700,
      0x27ff,
      0x2b00,
      0x2fff,
      0x4000,
      0x51ff,
      0x8000,
      0x813f,
      0x8200,
      0x82ff,
      0x8500,
      0x94cf,
      0x9800,
      0xafff,
      0xb400,
      0xcfff,
      0xd900,
      0xdbff,
      0xf000,
      0x147ff,
      0x22000,
      0x23fff,
      0x24180,
      0x249ff,
      0x25200,
      0x255ff,
      0x30000,
      0x3ffff),
  VDBOX0(
      GtRegisters.FORCEWAKE_MEDIA_VDBOX,
      GtRegisters.FORCEWAKE_ACK_MEDIA_VDBOX,
      0x20000,
      0x20fff,
      0x25600,
      0x2567f,
      0x25a00,
      0x25a7f,
      0x1c0000,
      0x1c3fff,
      0x1cc000,
      0x1cffff),
  VDBOX2(
      GtRegisters.FORCEWAKE_MEDIA_VDBOX + 2 * GtRegisters.FORCEWAKE_MEDIA_VDBOX_STRIDE_BYTES,
      GtRegisters.FORCEWAKE_ACK_MEDIA_VDBOX
          + 2 * GtRegisters.FORCEWAKE_ACK_MEDIA_VDBOX_STRIDE_BYTES,
      0x21000,
      0x21fff,
      0x25680,
      0x259ff,
      0x25a80,
      0x2ffff,
      0x1d0000,
      0x1d3fff),
  VEBOX0(
      GtRegisters.FORCEWAKE_MEDIA_VEBOX, GtRegisters.FORCEWAKE_ACK_MEDIA_VEBOX, 0x1c8000, 0x1cbfff);

  private static final ForcewakeDomain[] VALUES = values();

  private final int requestRegister;
  private final int ackRegister;
  private final int[] ranges;
  private final Optional<ForcewakeDomain> present = Optional.of(this);

  /** {@code ranges}: the first and the last offset of each, alternating. */
  ForcewakeDomain(int requestRegister, int ackRegister, int... ranges) {
    this.requestRegister = requestRegister;
    this.ackRegister = ackRegister;
    this.ranges = ranges;
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

package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;

import dev.systole.gpu.blit.Raster;
import dev.systole.gpu.blit.Surface;
import dev.systole.gpu.blit.Tiling;

/** The 2D commands without raster operations, of pixels of up to 16 bytes. */
final class FastBlits {
  private final EngineState s;
  private final Raster raster;
  private int bytesPerPixel;

  FastBlits(EngineState state, Raster raster) {
    s = state;
    this.raster = raster;
  }

  /** XY_FAST_COPY_BLT. */
  int copy(int header) {
    int mode = s.operand(XY_FAST_COPY_BLT_COLOR_DEPTH_DWORD);
    bytesPerPixel =
        switch (mode & XY_FAST_COPY_BLT_COLOR_DEPTH_MASK) {
          case XY_FAST_COPY_BLT_COLOR_DEPTH__8_BIT -> 1;
          case XY_FAST_COPY_BLT_COLOR_DEPTH__16_BIT -> 2;
          case XY_FAST_COPY_BLT_COLOR_DEPTH__64_BIT -> 8;
          case XY_FAST_COPY_BLT_COLOR_DEPTH__128_BIT -> 16;
          default -> 4;
        };
    setArea();
    if (mustPay(2)) return 0;
    int targetMethod =
        (header & XY_FAST_COPY_BLT_DESTINATION_TILING_METHOD_MASK)
            >>> XY_FAST_COPY_BLT_DESTINATION_TILING_METHOD_SHIFT;
    int sourceMethod =
        (header & XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_MASK)
            >>> XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_SHIFT;
    setFastPicture(
        raster.target(), targetMethod, mode, XY_FAST_COPY_BLT_DESTINATION_BASE_ADDRESS_DWORD);
    setFastPicture(
        raster.source(),
        sourceMethod,
        s.operand(XY_FAST_COPY_BLT_SOURCE_PITCH_DWORD),
        XY_FAST_COPY_BLT_SOURCE_BASE_ADDRESS_DWORD);
    drawFrom(XY_FAST_COPY_BLT_SOURCE_X1_DWORD, 0, 0);
    raster.copy(bytesPerPixel);
    return 0;
  }

  private void setFastPicture(Surface picture, int method, int pitchDword, int addressDword) {
    Tiling tiling =
        switch (method) {
          case 0 -> Tiling.LINEAR;
          case 1 -> Tiling.X;
          default -> Tiling.Y;
        };
    int pitch = pitchDword & XY_FAST_COPY_BLT_DESTINATION_PITCH_MASK;
    picture.set(s.operandByteAddress(addressDword), pitch * tiling.pitchUnitBytes(), tiling);
  }

  /** XY_FAST_COLOR_BLT. */
  int color(int header) {
    setDepth(header);
    setArea();
    if (mustPay(1)) return 0;
    setPicture(
        raster.target(),
        XY_FAST_COLOR_BLT_DESTINATION_PITCH_DWORD,
        XY_FAST_COLOR_BLT_DESTINATION_BASE_ADDRESS_DWORD);
    shiftArea();
    raster.fill(
        s.operand64(XY_FAST_COLOR_BLT_FILL_COLOR_0_DWORD),
        s.operand64(XY_FAST_COLOR_BLT_FILL_COLOR_2_DWORD),
        bytesPerPixel);
    return 0;
  }

  /** XY_BLOCK_COPY_BLT. */
  int blockCopy(int header) {
    setDepth(header);
    setArea();
    if (mustPay(2)) return 0;
    setPicture(
        raster.target(),
        XY_BLOCK_COPY_BLT_DESTINATION_PITCH_DWORD,
        XY_BLOCK_COPY_BLT_DESTINATION_BASE_ADDRESS_DWORD);
    setPicture(
        raster.source(),
        XY_BLOCK_COPY_BLT_SOURCE_PITCH_DWORD,
        XY_BLOCK_COPY_BLT_SOURCE_BASE_ADDRESS_DWORD);
    int offset = s.operand(XY_BLOCK_COPY_BLT_SOURCE_X_OFFSET_DWORD);
    int targetOffset = s.operand(XY_BLOCK_COPY_BLT_DESTINATION_X_OFFSET_DWORD);
    drawFrom(
        XY_BLOCK_COPY_BLT_SOURCE_X1_DWORD,
        x(offset) - x(targetOffset),
        y(offset) - y(targetOffset));
    shiftArea();
    raster.copy(bytesPerPixel);
    return 0;
  }

  private void setDepth(int header) {
    bytesPerPixel =
        switch (header & XY_FAST_COLOR_BLT_COLOR_DEPTH_MASK) {
          case XY_FAST_COLOR_BLT_COLOR_DEPTH__8_BIT -> 1;
          case XY_FAST_COLOR_BLT_COLOR_DEPTH__16_BIT -> 2;
          case XY_FAST_COLOR_BLT_COLOR_DEPTH__64_BIT -> 8;
          case XY_FAST_COLOR_BLT_COLOR_DEPTH__96_BIT -> 12;
          case XY_FAST_COLOR_BLT_COLOR_DEPTH__128_BIT -> 16;
          default -> 4;
        };
  }

  /** The pitch is given less one; the tiling on Gen12 is none or Y. */
  private void setPicture(Surface picture, int modeDword, int addressDword) {
    int mode = s.operand(modeDword);
    boolean tiled = (mode & XY_FAST_COLOR_BLT_DESTINATION_TILING_MASK) != 0;
    Tiling tiling = tiled ? Tiling.Y : Tiling.LINEAR;
    int pitch = (mode & XY_FAST_COLOR_BLT_DESTINATION_PITCH_MASK) + 1;
    picture.set(s.operandByteAddress(addressDword), pitch * tiling.pitchUnitBytes(), tiling);
  }

  /** The target's offset in its tiles. */
  private void shiftArea() {
    int offset = s.operand(XY_FAST_COLOR_BLT_DESTINATION_X_OFFSET_DWORD);
    raster.area().shift(x(offset), y(offset));
  }

  private static int x(int offset) {
    return offset & XY_FAST_COLOR_BLT_DESTINATION_X_OFFSET_MASK;
  }

  private static int y(int offset) {
    return (offset & XY_FAST_COLOR_BLT_DESTINATION_Y_OFFSET_MASK)
        >>> XY_FAST_COLOR_BLT_DESTINATION_Y_OFFSET_SHIFT;
  }

  private void setArea() {
    raster
        .area()
        .set(
            s.operand(XY_FAST_COPY_BLT_DESTINATION_X1_DWORD),
            s.operand(XY_FAST_COPY_BLT_DESTINATION_X2_DWORD));
  }

  /** The target's first corner comes from a corner of the source; either may be shifted. */
  private void drawFrom(int cornerDword, int shiftX, int shiftY) {
    int target = s.operand(XY_FAST_COPY_BLT_DESTINATION_X1_DWORD);
    int corner = s.operand(cornerDword);
    raster.drawFromPicture(
        (short) corner + shiftX, (corner >> 16) + shiftY, (short) target, target >> 16);
  }

  private boolean mustPay(int pictures) {
    long bytes = raster.area().pixels() * bytesPerPixel * pictures;
    return s.mustPay(s.costs.blit() + bytes / s.costs.blitBytesPerClock());
  }
}

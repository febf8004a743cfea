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
        switch (method << XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_SHIFT) {
          case XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_LINEAR -> Tiling.LINEAR;
          case XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_X_MAJOR -> Tiling.X;
          case XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_Y_MAJOR -> small();
          default -> large();
        };
    int pitch = pitchDword & XY_FAST_COPY_BLT_DESTINATION_PITCH_MASK;
    picture.set(s.operandByteAddress(addressDword), pitch * tiling.pitchUnitBytes(), tiling);
  }

  /** What stands for tiles of 4 KiB. */
  private Tiling small() {
    return switch (s.architecture) {
      case XE_LP -> Tiling.Y;
      case XE_HPG -> Tiling.TILE4;
    };
  }

  /** What stands for tiles of 64 KiB. */
  private Tiling large() {
    return switch (s.architecture) {
      case XE_LP -> Tiling.Y;
      case XE_HPG ->
          switch (bytesPerPixel) {
            case 1 -> Tiling.TILE64_BYTES;
            case 2, 4 -> Tiling.TILE64;
            default -> Tiling.TILE64_WIDE;
          };
    };
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

  /** XY_CTRL_SURF_COPY_BLT: there is no control surface, so that it only takes time. */
  int controlSurfaceCopy() {
    s.mustPay(s.costs.blit());
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

  /** The pitch is given less one. */
  private void setPicture(Surface picture, int modeDword, int addressDword) {
    int mode = s.operand(modeDword);
    Tiling tiling =
        tiling(
            (mode & XY_FAST_COLOR_BLT_DESTINATION_TILING_MASK)
                >>> XY_FAST_COLOR_BLT_DESTINATION_TILING_SHIFT);
    int pitch = (mode & XY_FAST_COLOR_BLT_DESTINATION_PITCH_MASK) + 1;
    picture.set(s.operandByteAddress(addressDword), pitch * tiling.pitchUnitBytes(), tiling);
  }

  private Tiling tiling(int code) {
    if (code == XE_HPG_BLIT_TILING_LINEAR) return Tiling.LINEAR;
    return switch (s.architecture) {
      case XE_LP -> Tiling.Y;
      case XE_HPG ->
          switch (code) {
            case XE_HPG_BLIT_TILING_X -> Tiling.X;
            case XE_HPG_BLIT_TILING_TILE4 -> small();
            default -> large();
          };
    };
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

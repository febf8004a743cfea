package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.blit.Brush;
import dev.systole.gpu.blit.Depth;
import dev.systole.gpu.blit.MonochromeSource.Bits;
import dev.systole.gpu.blit.Raster;
import dev.systole.gpu.blit.Surface;
import dev.systole.gpu.blit.Tiling;
import dev.systole.gpu.memory.Page;

/**
 * The operands that 2D commands with raster operations have in common. Fields that many commands
 * have at the same place go by the name of one of them.
 */
final class BlitOperands {
  private static final Depth[] DEPTHS = Depth.values();
  private static final long LINE_BYTES = 64;
  private static final int ALPHA = 0xff000000;
  private static final int RGB = ~ALPHA;

  private final EngineState s;
  private final Raster raster;
  private Depth depth = Depth.BITS_32;
  private long bitsAddress;
  private int bitsDword;

  /** Bits in memory, and bits that are part of the command. */
  private final Bits memoryBits = this::memoryByte;

  private final Bits immediateBits = this::immediateByte;

  BlitOperands(EngineState state, Raster raster) {
    s = state;
    this.raster = raster;
  }

  /**
   * Begins to draw into the raster's area.
   *
   * @param mode the dword of raster operation, depth and pitch
   * @param channels a header with the channels that are written
   * @param pictures how many pictures are read or written
   * @return whether the time for it has been paid: otherwise the command comes again
   */
  boolean begin(int mode, int channels, int pictures) {
    if ((mode & XY_COLOR_BLT_CLIPPING_ENABLED) != 0) {
      raster.area().clip(s.blitSetup.clipFirst(), s.blitSetup.clipLast());
    }
    depth = DEPTHS[(mode & XY_COLOR_BLT_COLOR_DEPTH_MASK) >>> XY_COLOR_BLT_COLOR_DEPTH_SHIFT];
    long bytes = raster.area().pixels() * depth.bytes() * pictures;
    if (s.mustPay(s.costs.blit() + bytes / s.costs.blitBytesPerClock())) return false;
    int operation =
        (mode & XY_COLOR_BLT_RASTER_OPERATION_MASK) >>> XY_COLOR_BLT_RASTER_OPERATION_SHIFT;
    raster.begin(depth, operation, channelMask(channels));
    return true;
  }

  /** Which bits of a 32-bit pixel are written; other depths have no channels. */
  private int channelMask(int header) {
    if (depth != Depth.BITS_32) return -1;
    return ((header & XY_COLOR_BLT_WRITE_ALPHA_CHANNEL) != 0 ? ALPHA : 0)
        | ((header & XY_COLOR_BLT_WRITE_RGB_CHANNELS) != 0 ? RGB : 0);
  }

  void setTarget(int header, int mode, long address) {
    boolean tiled = (header & XY_COLOR_BLT_DESTINATION_TILED) != 0;
    setPicture(raster.target(), tiled, BCS_SWCTRL_TILE_Y_DESTINATION, mode, address);
  }

  void setSource(int header, int pitch, long address) {
    boolean tiled = (header & XY_SRC_COPY_BLT_SOURCE_TILED) != 0;
    setPicture(raster.source(), tiled, BCS_SWCTRL_TILE_Y_SOURCE, pitch, address);
  }

  /** Tiles are X, unless BCS_SWCTRL makes them Y (gen12-commands.md 2.3). */
  private void setPicture(Surface picture, boolean tiled, int tileY, int pitch, long address) {
    boolean y = (s.ownRegister(BCS_SWCTRL) & tileY) != 0;
    Tiling tiling = !tiled ? Tiling.LINEAR : y ? Tiling.Y : Tiling.X;
    picture.set(address, (short) pitch * tiling.pitchUnitBytes(), tiling);
  }

  // ---- monochrome sources

  Bits bitsAt(long address) {
    bitsAddress = address;
    return memoryBits;
  }

  Bits bitsFrom(int dword) {
    bitsDword = dword;
    return immediateBits;
  }

  private int memoryByte(long index) {
    long address = bitsAddress + index;
    return s.memory.read(address, false).load8((int) address & Page.OFFSET_MASK) & 0xff;
  }

  private int immediateByte(long index) {
    return s.operand(bitsDword + (int) (index >> 2)) >>> 8 * (int) (index & 3) & 0xff;
  }

  // ---- patterns

  void setSeed(int header) {
    raster
        .brush()
        .setSeed(
            (header & XY_PAT_BLT_PATTERN_HORIZONTAL_SEED_MASK)
                >>> XY_PAT_BLT_PATTERN_HORIZONTAL_SEED_SHIFT,
            (header & XY_PAT_BLT_PATTERN_VERTICAL_SEED_MASK)
                >>> XY_PAT_BLT_PATTERN_VERTICAL_SEED_SHIFT);
  }

  /** A pattern of 64 pixels in memory; its address is that of a cache line. */
  void setPattern(long address) {
    raster.brush().setColored();
    for (int i = 0; i < Brush.CELLS; i++) {
      long at = (address & -LINE_BYTES) + (long) i * depth.bytes();
      setCell(i, s.memory.load32(at, false) >>> 8 * (int) (at & 3));
    }
  }

  /** A pattern of 64 pixels in the command. */
  void setPatternFrom(int dword) {
    raster.brush().setColored();
    for (int i = 0; i < Brush.CELLS; i++) {
      int at = i * depth.bytes();
      setCell(i, s.operand(dword + (at >> 2)) >>> 8 * (at & 3));
    }
  }

  private void setCell(int index, int bits) {
    raster.brush().setCell(index, bits & -1 >>> Integer.SIZE - 8 * depth.bytes());
  }

  /** A pattern of two colours. */
  void setPattern(int mode, long bits, int background, int foreground) {
    if ((mode & XY_FULL_MONO_PATTERN_BLT_SOLID_PATTERN) != 0) {
      raster.brush().setSolid(foreground);
    } else {
      boolean transparent = (mode & XY_FULL_MONO_PATTERN_BLT_PATTERN_TRANSPARENCY) != 0;
      raster.brush().setMonochrome(bits, background, foreground, transparent);
    }
  }
}

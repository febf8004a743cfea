package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;

import dev.systole.gpu.blit.Raster;
import dev.systole.gpu.platform.Architecture;

/**
 * The 2D commands of the copy engine (gen12-commands.md 3.2): all move real bytes through the
 * context's page tables.
 */
final class Blitter {
  static final int IDENTITY_MASK = 0xffc00000;

  /** What {@link #execute} gives for a command that does not exist. */
  static final int UNKNOWN = -1;

  private final EngineState s;
  private final RasterBlits rasterBlits;
  private final SetupBlits setupBlits;
  private final FastBlits fastBlits;

  Blitter(EngineState state) {
    s = state;
    var raster = new Raster(state.memory);
    var operands = new BlitOperands(state, raster);
    rasterBlits = new RasterBlits(state, raster, operands);
    setupBlits = new SetupBlits(state, raster, operands);
    fastBlits = new FastBlits(state, raster);
  }

  /** The clocks that the command takes, or {@link #UNKNOWN}. */
  int execute(int header) {
    RasterBlit blit = RasterBlit.of(header);
    if (blit != null) return rasterBlits.execute(blit, header);
    return switch (header & IDENTITY_MASK) {
      case XY_SETUP_BLT, XY_SETUP_MONO_PATTERN_SL_BLT -> setupBlits.setUp();
      case XY_SETUP_CLIP_BLT -> setupBlits.clip();
      case XY_PIXEL_BLT -> setupBlits.pixel(header);
      case XY_SCANLINES_BLT -> setupBlits.scanLines(header);
      case XY_TEXT_BLT -> setupBlits.text(header);
      case XY_TEXT_IMMEDIATE_BLT -> setupBlits.immediateText(header);
      case XY_FAST_COPY_BLT -> fastBlits.copy(header);
      case XY_FAST_COLOR_BLT -> fastBlits.color(header);
      case XY_BLOCK_COPY_BLT -> fastBlits.blockCopy(header);
      case XY_CTRL_SURF_COPY_BLT ->
          s.architecture == Architecture.XE_HPG ? fastBlits.controlSurfaceCopy() : UNKNOWN;
      default -> UNKNOWN;
    };
  }
}

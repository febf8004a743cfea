package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;

import dev.systole.gpu.blit.MonochromeSource.Bits;
import dev.systole.gpu.blit.MonochromeSource.Packing;
import dev.systole.gpu.blit.Raster;

/** The setup commands, and those that draw with what {@link BlitSetup} keeps. */
final class SetupBlits {
  private final EngineState s;
  private final BlitSetup setup;
  private final Raster raster;
  private final BlitOperands operands;

  SetupBlits(EngineState state, Raster raster, BlitOperands operands) {
    s = state;
    setup = state.blitSetup;
    this.raster = raster;
    this.operands = operands;
  }

  int setUp() {
    setup.load(s);
    return s.costs.command();
  }

  int clip() {
    setup.loadClip(s);
    return s.costs.command();
  }

  /** One pixel of the foreground colour. */
  int pixel(int header) {
    raster.area().setPixel(s.operand(XY_PIXEL_BLT_DESTINATION_X1_DWORD));
    if (!begin(header)) return 0;
    raster.brush().setSolid(setup.foreground());
    raster.draw();
    return 0;
  }

  /** Scan lines of the pattern. */
  int scanLines(int header) {
    setRectangle();
    if (!begin(header)) return 0;
    operands.setSeed(header);
    if (setup.isMonochrome()) {
      operands.setPattern(setup.mode(), setup.pattern(), setup.background(), setup.foreground());
    } else {
      operands.setPattern(setup.pattern());
    }
    raster.draw();
    return 0;
  }

  /** Bits of memory in foreground and background colour. */
  int text(int header) {
    long address = s.operandByteAddress(XY_TEXT_BLT_SOURCE_BASE_ADDRESS_DWORD);
    return text(header, operands.bitsAt(address));
  }

  /** Bits of the command itself. */
  int immediateText(int header) {
    return text(header, operands.bitsFrom(XY_TEXT_IMMEDIATE_BLT_SOURCE_DATA_DWORD));
  }

  private int text(int header, Bits bits) {
    setRectangle();
    if (!begin(header)) return 0;
    int leftTop = s.operand(XY_TEXT_BLT_DESTINATION_X1_DWORD);
    int width = (short) s.operand(XY_TEXT_BLT_DESTINATION_X2_DWORD) - (short) leftTop;
    boolean bytes = (header & XY_TEXT_BLT_BYTE_PACKED) != 0;
    boolean transparent = (setup.mode() & XY_SETUP_BLT_SOURCE_TRANSPARENCY) != 0;
    raster.monochrome().set(bits, bytes ? Packing.BYTE : Packing.BIT, 0, width);
    raster.monochrome().setColors(setup.background(), setup.foreground(), transparent);
    raster.drawFromBits((short) leftTop, leftTop >> 16);
    raster.draw();
    return 0;
  }

  private void setRectangle() {
    raster
        .area()
        .set(
            s.operand(XY_SCANLINES_BLT_DESTINATION_X1_DWORD),
            s.operand(XY_SCANLINES_BLT_DESTINATION_X2_DWORD));
  }

  /** Whether the target is tiled every command says for itself. */
  private boolean begin(int header) {
    if (!operands.begin(setup.mode(), setup.header(), 1)) return false;
    operands.setTarget(header, setup.mode(), setup.target());
    return true;
  }
}

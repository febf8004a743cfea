package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;

import dev.systole.gpu.blit.ColorKey;
import dev.systole.gpu.blit.MonochromeSource.Bits;
import dev.systole.gpu.blit.MonochromeSource.Packing;
import dev.systole.gpu.blit.Raster;
import dev.systole.gpu.command.RasterBlit.Pattern;
import dev.systole.gpu.command.RasterBlit.Source;

/** Reads the operands of a {@link RasterBlit}, one after the other, and draws. */
final class RasterBlits {
  private final EngineState s;
  private final Raster raster;
  private final BlitOperands operands;

  private int header;
  private int mode;
  private int leftTop;
  private int rightBottom;

  /** The dword that is read next. */
  private int next;

  RasterBlits(EngineState state, Raster raster, BlitOperands operands) {
    s = state;
    this.raster = raster;
    this.operands = operands;
  }

  int execute(RasterBlit blit, int commandHeader) {
    header = commandHeader;
    mode = s.operand(XY_COLOR_BLT_RASTER_OPERATION_DWORD);
    leftTop = s.operand(XY_COLOR_BLT_DESTINATION_X1_DWORD);
    rightBottom = s.operand(XY_COLOR_BLT_DESTINATION_X2_DWORD);
    raster.area().set(leftTop, rightBottom);
    if (!operands.begin(mode, header, blit.source == Source.PICTURE ? 2 : 1)) return 0;
    operands.setTarget(
        header, mode, s.operandByteAddress(XY_COLOR_BLT_DESTINATION_BASE_ADDRESS_DWORD));
    next = XY_COLOR_BLT_SOLID_PATTERN_COLOR_DWORD;
    readSource(blit.source);
    readPattern(blit.pattern);
    if (blit.keyed) readKey(blit.source);
    if (blit.source == Source.IMMEDIATE_BITS) setBits(operands.bitsFrom(next));
    if (blit.pattern == Pattern.IMMEDIATE) operands.setPatternFrom(next);
    raster.draw();
    return 0;
  }

  private void readSource(Source source) {
    switch (source) {
      case NONE -> {}
      case PICTURE -> {
        int corner = take();
        int pitch = take();
        operands.setSource(header, pitch, takeAddress());
        raster.drawFromPicture((short) corner, corner >> 16, (short) leftTop, leftTop >> 16);
      }
      case BITS -> {
        setBits(operands.bitsAt(takeAddress()));
        setColors();
      }
      case IMMEDIATE_BITS -> setColors();
    }
  }

  /** The rows of bits that are no text begin with words. */
  private void setBits(Bits bits) {
    int first =
        (header & XY_MONO_SRC_COPY_BLT_SOURCE_FIRST_BIT_MASK)
            >>> XY_MONO_SRC_COPY_BLT_SOURCE_FIRST_BIT_SHIFT;
    int width = (short) rightBottom - (short) leftTop;
    raster.monochrome().set(bits, Packing.WORD, first, width);
    raster.drawFromBits((short) leftTop, leftTop >> 16);
  }

  private void setColors() {
    boolean transparent = (mode & XY_MONO_SRC_COPY_BLT_SOURCE_TRANSPARENCY) != 0;
    raster.monochrome().setColors(take(), take(), transparent);
  }

  private void readPattern(Pattern pattern) {
    operands.setSeed(header);
    switch (pattern) {
      case NONE, IMMEDIATE -> {}
      case SOLID -> raster.brush().setSolid(take());
      case COLORS -> operands.setPattern(takeAddress());
      case MONO -> {
        int background = take();
        int foreground = take();
        operands.setPattern(mode, takeAddress(), background, foreground);
      }
      case FIXED -> operands.setPattern(mode, fixedPattern(header), take(), take());
    }
  }

  /** The patterns that the hardware knows; their rows, from the lowest byte on (docs/gpu.md). */
  private static long fixedPattern(int header) {
    return switch (header & XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_MASK) {
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_HORIZONTAL -> 0x00000000ff000000L;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_VERTICAL -> 0x0808080808080808L;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_FORWARD_DIAGONAL,
          XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_WALKING_ONE ->
          0x0102040810204080L;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_BACKWARD_DIAGONAL -> 0x8040201008040201L;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_CROSS -> 0x08080808ff080808L;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_DIAGONAL_CROSS -> 0x8142241818244281L;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_SCREEN_DOOR -> 0x55aa55aa55aa55aaL;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_SCREEN_DOOR_WIDE -> 0x3333cccc3333ccccL;
      case XY_MONO_PAT_FIXED_BLT_FIXED_PATTERN_WALKING_ZERO -> ~0x0102040810204080L;
      default -> 0;
    };
  }

  /** A key that looks at the source lets everything through where there is none. */
  private void readKey(Source source) {
    int low = take();
    int high = take();
    ColorKey key =
        switch (header & XY_SRC_COPY_CHROMA_BLT_TRANSPARENCY_RANGE_MODE_MASK) {
          case XY_SRC_COPY_CHROMA_BLT_TRANSPARENCY_RANGE_MODE_SOURCE_RGB -> ColorKey.SOURCE_RGB;
          case XY_SRC_COPY_CHROMA_BLT_TRANSPARENCY_RANGE_MODE_SOURCE_ARGB -> ColorKey.SOURCE_ARGB;
          case XY_SRC_COPY_CHROMA_BLT_TRANSPARENCY_RANGE_MODE_DESTINATION_ARGB ->
              ColorKey.TARGET_ARGB;
          case XY_SRC_COPY_CHROMA_BLT_TRANSPARENCY_RANGE_MODE_DESTINATION_RGB ->
              ColorKey.TARGET_RGB;
          default -> ColorKey.NONE;
        };
    boolean pointless = source == Source.NONE && key.looksAtSource();
    raster.setKey(pointless ? ColorKey.NONE : key, low, high);
  }

  private int take() {
    return s.operand(next++);
  }

  private long takeAddress() {
    long address = s.operand64(next);
    next += 2;
    return address;
  }
}

package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;

import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/**
 * What XY_SETUP_BLT or XY_SETUP_MONO_PATTERN_SL_BLT leave behind for the commands that draw with
 * it, and the clip rectangle for all: the dwords of the command that was last, kept by the context.
 */
public final class BlitSetup {
  /** How many dwords there are. */
  public static final int DWORDS = XY_SETUP_BLT_LENGTH_DWORDS;

  private static final int CLIP_FIRST = XY_SETUP_BLT_CLIP_RECTANGLE_X1_DWORD;
  private static final int CLIP_LAST = XY_SETUP_BLT_CLIP_RECTANGLE_X2_DWORD;

  private final int[] dwords = new int[DWORDS];

  BlitSetup() {}

  /** A dword of the setup command, to be saved in the context's image. */
  public int dword(int index) {
    return dwords[index];
  }

  /** Restores a dword of the setup command. */
  public void setDword(int index, int value) {
    dwords[index] = value;
  }

  void clear() {
    Arrays.fill(dwords, 0);
  }

  /** Takes over the setup command that is being executed. */
  void load(EngineState s) {
    for (int i = 0; i < DWORDS; i++) dwords[i] = s.operand(i);
  }

  /** Takes over XY_SETUP_CLIP_BLT. */
  void loadClip(EngineState s) {
    dwords[CLIP_FIRST] = s.operand(XY_SETUP_CLIP_BLT_CLIP_RECTANGLE_X1_DWORD);
    dwords[CLIP_LAST] = s.operand(XY_SETUP_CLIP_BLT_CLIP_RECTANGLE_X2_DWORD);
  }

  int header() {
    return dwords[0];
  }

  /** Raster operation, depth and pitch, as every command that draws has them. */
  int mode() {
    return dwords[XY_SETUP_BLT_RASTER_OPERATION_DWORD];
  }

  int clipFirst() {
    return dwords[CLIP_FIRST];
  }

  int clipLast() {
    return dwords[CLIP_LAST];
  }

  long target() {
    return address(XY_SETUP_BLT_DESTINATION_BASE_ADDRESS_DWORD);
  }

  int background() {
    return dwords[XY_SETUP_BLT_SETUP_BACKGROUND_COLOR_DWORD];
  }

  int foreground() {
    return dwords[XY_SETUP_BLT_SETUP_FOREGROUND_COLOR_DWORD];
  }

  /** Address of the pattern in colours, or the bits of a monochrome one. */
  long pattern() {
    return address(XY_SETUP_BLT_PATTERN_BASE_ADDRESS_DWORD);
  }

  /** Whether the pattern has two colours. */
  boolean isMonochrome() {
    return (header() & Blitter.IDENTITY_MASK) == XY_SETUP_MONO_PATTERN_SL_BLT;
  }

  private long address(int dword) {
    return dwords[dword] & 0xffffffffL | (long) dwords[dword + 1] << 32;
  }

  void save(StateSink sink) {
    for (int dword : dwords) sink.putInt(dword);
  }

  void restore(StateSource source) {
    for (int i = 0; i < DWORDS; i++) dwords[i] = source.takeInt();
  }
}

package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;

/**
 * The 2D commands with a raster operation: where their source and their pattern come from. All
 * begin with mode, rectangle and target; the operands of the source follow, those of the pattern,
 * the colour key, and at the end what is immediate.
 */
enum RasterBlit {
  COLOR(XY_COLOR_BLT, Source.NONE, Pattern.SOLID, false),
  PATTERN(XY_PAT_BLT, Source.NONE, Pattern.COLORS, false),
  PATTERN_IMMEDIATE(XY_PAT_BLT_IMMEDIATE, Source.NONE, Pattern.IMMEDIATE, false),
  PATTERN_CHROMA(XY_PAT_CHROMA_BLT, Source.NONE, Pattern.COLORS, true),
  PATTERN_CHROMA_IMMEDIATE(XY_PAT_CHROMA_BLT_IMMEDIATE, Source.NONE, Pattern.IMMEDIATE, true),
  MONO_PATTERN(XY_MONO_PAT_BLT, Source.NONE, Pattern.MONO, false),
  MONO_PATTERN_FIXED(XY_MONO_PAT_FIXED_BLT, Source.NONE, Pattern.FIXED, false),
  SOURCE_COPY(XY_SRC_COPY_BLT, Source.PICTURE, Pattern.NONE, false),
  SOURCE_COPY_CHROMA(XY_SRC_COPY_CHROMA_BLT, Source.PICTURE, Pattern.NONE, true),
  MONO_SOURCE_COPY(XY_MONO_SRC_COPY_BLT, Source.BITS, Pattern.NONE, false),
  MONO_SOURCE_COPY_IMMEDIATE(
      XY_MONO_SRC_COPY_IMMEDIATE_BLT, Source.IMMEDIATE_BITS, Pattern.NONE, false),
  FULL(XY_FULL_BLT, Source.PICTURE, Pattern.COLORS, false),
  FULL_IMMEDIATE_PATTERN(XY_FULL_IMMEDIATE_PATTERN_BLT, Source.PICTURE, Pattern.IMMEDIATE, false),
  FULL_MONO_SOURCE(XY_FULL_MONO_SRC_BLT, Source.BITS, Pattern.COLORS, false),
  FULL_MONO_SOURCE_IMMEDIATE_PATTERN(
      XY_FULL_MONO_SRC_IMMEDIATE_PATTERN_BLT, Source.BITS, Pattern.IMMEDIATE, false),
  FULL_MONO_PATTERN(XY_FULL_MONO_PATTERN_BLT, Source.PICTURE, Pattern.MONO, false),
  FULL_MONO_PATTERN_MONO_SOURCE(
      XY_FULL_MONO_PATTERN_MONO_SRC_BLT, Source.BITS, Pattern.MONO, false);

  /** Where the source's pixels come from. */
  enum Source {
    NONE,
    /** Corner, pitch and address of a picture. */
    PICTURE,
    /** Address of bits, background, foreground. */
    BITS,
    /** Background, foreground; the bits are immediate. */
    IMMEDIATE_BITS
  }

  /** Where the pattern's pixels come from. */
  enum Pattern {
    NONE,
    /** A colour. */
    SOLID,
    /** Address of 64 pixels. */
    COLORS,
    /** 64 pixels at the end of the command. */
    IMMEDIATE,
    /** Background, foreground and 64 bits. */
    MONO,
    /** Background and foreground of bits that the hardware knows. */
    FIXED
  }

  private static final RasterBlit[] BY_OPCODE = new RasterBlit[128];

  static {
    for (RasterBlit blit : values()) BY_OPCODE[opcode(blit.header)] = blit;
  }

  final Source source;
  final Pattern pattern;
  final boolean keyed;
  private final int header;

  RasterBlit(int header, Source source, Pattern pattern, boolean keyed) {
    this.header = header;
    this.source = source;
    this.pattern = pattern;
    this.keyed = keyed;
  }

  /** The command with this header; null when it is another. */
  static RasterBlit of(int header) {
    return BY_OPCODE[opcode(header)];
  }

  private static int opcode(int header) {
    return header >>> 22 & BY_OPCODE.length - 1;
  }
}

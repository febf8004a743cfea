package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PagedMemory;
import java.util.ArrayList;
import java.util.List;

/** The colour tables of a pipe and of its planes. What is written to them is in force at once. */
final class ColourTables {
  /** Segments of the tables before a conversion and of planes. */
  private static final int SEGMENTS = 32;

  private static final int PLANE_TABLE_ENTRIES = 64;
  private static final int PLANE_TABLE_BYTES = PLANE_TABLE_ENTRIES * Integer.BYTES;
  private static final int STEPS_8_BIT = 256;
  private static final int STEPS_10_BIT = 1024;

  /** Where the coarse segment begins in the table of the multi-segment mode, in pairs of dwords. */
  private static final int COARSE_FIRST = 512;

  private static final int CHANNELS = 3;

  private final PagedMemory registers;
  private final int pipe;
  private final IndexedTable after;
  private final IndexedTable before;
  private final IndexedTable finest;
  private final IndexedTable[] beforePlane = new IndexedTable[PLANE_CTL_COUNT];
  private final IndexedTable[] afterPlane = new IndexedTable[PLANE_CTL_COUNT];
  private final List<IndexedTable> all = new ArrayList<>();

  /**
   * @param place of the entries: three pages
   */
  ColourTables(PagedMemory registers, int pipe, int place) {
    this.registers = registers;
    this.pipe = pipe;
    int block = pipe * GAMMA_MODE_STRIDE_BYTES;
    after =
        add(
            PAL_PREC_INDEX + block,
            PAL_PREC_INDEX_AUTO_INCREMENT,
            PAL_PREC_INDEX_INDEX_MASK,
            place);
    before =
        add(
            PRE_CSC_GAMC_INDEX + block,
            PRE_CSC_GAMC_INDEX_AUTO_INCREMENT,
            PRE_CSC_GAMC_INDEX_INDEX_MASK,
            place + Page.BYTES);
    finest =
        add(
            PAL_PREC_MULTI_SEG_INDEX + block,
            PAL_PREC_MULTI_SEG_INDEX_AUTO_INCREMENT,
            PAL_PREC_MULTI_SEG_INDEX_INDEX_MASK,
            place + Page.BYTES + STEPS_8_BIT * Integer.BYTES);
    for (int plane = 0; plane < PLANE_CTL_COUNT; plane++) {
      int registersOf =
          pipe * PLANE_CTL_ROW_STRIDE_BYTES + plane * PLANE_PRE_CSC_GAMC_INDEX_STRIDE_BYTES;
      int entries = place + 2 * Page.BYTES + 2 * plane * PLANE_TABLE_BYTES;
      beforePlane[plane] = addPlane(PLANE_PRE_CSC_GAMC_INDEX + registersOf, entries);
      afterPlane[plane] =
          addPlane(PLANE_POST_CSC_GAMC_INDEX + registersOf, entries + PLANE_TABLE_BYTES);
    }
  }

  private IndexedTable addPlane(int indexRegister, int place) {
    return add(
        indexRegister, PLANE_PRE_CSC_GAMC_INDEX_AUTO_INCREMENT, PLANE_TABLE_ENTRIES - 1, place);
  }

  private IndexedTable add(int indexRegister, int autoIncrement, int indexMask, int place) {
    var table = new IndexedTable(registers, indexRegister, autoIncrement, indexMask, place);
    all.add(table);
    return table;
  }

  /** The table whose data register is at {@code offset}, or null. */
  IndexedTable at(int offset) {
    for (IndexedTable table : all) if (table.isData(offset)) return table;
    return null;
  }

  // ---- as curves

  /** The curve before a plane's conversion. */
  Curve beforePlane(int plane) {
    return interpolated(beforePlane[plane]);
  }

  /** The curve after a plane's conversion. */
  Curve afterPlane(int plane) {
    return interpolated(afterPlane[plane]);
  }

  /** The curve before the pipe's conversion. */
  Curve before() {
    return interpolated(before);
  }

  /** Entries of 1.16 bits, the same for every channel. */
  private static Curve interpolated(IndexedTable table) {
    int[][] points = new int[CHANNELS][SEGMENTS + 1];
    for (int i = 0; i <= SEGMENTS; i++) {
      int value = Math.min(table.entry(i) & PRE_CSC_GAMC_DATA_VALUE_MASK, Curve.FULL);
      for (int[] channel : points) channel[i] = value;
    }
    return new Curve(points, true);
  }

  /** The curve after the pipe's conversion, of the kind that {@code mode}, GAMMA_MODE, asks for. */
  Curve after(int mode) {
    return switch (mode & GAMMA_MODE_MODE_MASK) {
      case GAMMA_MODE_MODE__8_BIT -> palette();
      case GAMMA_MODE_MODE__10_BIT -> tenBits();
      default -> coarse();
    };
  }

  private Curve palette() {
    int[][] points = new int[CHANNELS][STEPS_8_BIT];
    for (int i = 0; i < STEPS_8_BIT; i++) {
      int entry =
          registers.load32(
              LGC_PALETTE + pipe * LGC_PALETTE_ROW_STRIDE_BYTES + i * LGC_PALETTE_STRIDE_BYTES);
      for (int channel = 0; channel < CHANNELS; channel++) {
        points[channel][i] = (entry >>> 16 - 8 * channel & 0xff) * 0x101;
      }
    }
    return new Curve(points, false);
  }

  private Curve tenBits() {
    int[][] points = new int[CHANNELS][STEPS_10_BIT];
    for (int i = 0; i < STEPS_10_BIT; i++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        points[channel][i] = tenBits(after.entry(i), channel) * Curve.FULL / 0x3ff;
      }
    }
    return new Curve(points, false);
  }

  private static int tenBits(int entry, int channel) {
    return entry >>> 20 - 10 * channel & 0x3ff;
  }

  /**
   * The coarse segment of the multi-segment mode (i915: icl_lut_multi_seg_pack): 256 entries of 16
   * bits, the low six in a dword of their own before the high ten, and what white becomes.
   */
  private Curve coarse() {
    int[][] points = new int[CHANNELS][STEPS_8_BIT + 1];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < STEPS_8_BIT; i++) {
        int low = tenBits(after.entry(COARSE_FIRST + 2 * i), channel);
        int high = tenBits(after.entry(COARSE_FIRST + 2 * i + 1), channel);
        points[channel][i] = high << 6 | low >>> 4;
      }
      int white =
          registers.load32(
              PAL_PREC_GC_MAX_RED + channel * Integer.BYTES + pipe * GAMMA_MODE_STRIDE_BYTES);
      points[channel][STEPS_8_BIT] = Math.min(white & PAL_PREC_GC_MAX_RED_VALUE_MASK, Curve.FULL);
    }
    return new Curve(points, true);
  }
}

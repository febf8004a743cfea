package dev.systole.gpu.command;

import static dev.systole.spec.gen12.VideoCommands.*;

/**
 * The commands of video engines: the codecs' state is kept as last written, and slices take time by
 * the macroblocks or tree blocks that they cover and the bytes of their bit stream. Nothing is
 * decoded (gen12-commands.md 4.2).
 */
final class Video implements GraphicsPipe {
  private static final int MACROBLOCK_SHIFT = 4;
  private static final int SMALLEST_CODING_BLOCK_SHIFT = 3;
  private static final int LARGEST_CODING_BLOCK_SHIFT = 6;

  private final EngineState s;

  Video(EngineState state) {
    s = state;
  }

  @Override
  public int execute(int header, int lengthDwords) {
    return switch (header & Render.IDENTITY_MASK) {
      case MFD_AVC_BSD_OBJECT -> slice(avcMacroblocks());
      case HCP_BSD_OBJECT -> slice(hcpMacroblocks());
      case MFD_MPEG2_BSD_OBJECT,
          MFD_VC1_BSD_OBJECT,
          MFD_VP8_BSD_OBJECT,
          MFD_JPEG_BSD_OBJECT,
          AVP_BSD_OBJECT ->
          slice(0);
      case MFD_IT_OBJECT, MFC_AVC_PAK_OBJECT, MFC_MPEG2_PAK_OBJECT, MFX_VP8_PAK_OBJECT -> work(1);
      case HCP_PAK_OBJECT, HCP_VP9_PAK_OBJECT -> work(macroblocksOfLargest());
      case VDENC_WALKER_STATE -> work(encodedMacroblocks());
      case MFC_JPEG_SCAN_OBJECT, MFX_STITCH_OBJECT, HUC_STREAM_OBJECT, HUC_START -> work(0);
      case MFX_WAIT, VD_PIPELINE_FLUSH -> {
        s.mustPay(s.costs.flush());
        yield 0;
      }
      default -> {
        s.last.write(s, header, lengthDwords);
        yield s.costs.command();
      }
    };
  }

  private int slice(long macroblocks) {
    long bytes = s.operand(HCP_BSD_OBJECT_INDIRECT_BSD_DATA_LENGTH_DWORD) & 0xffffffffL;
    return work(macroblocks, bytes / s.costs.bitStreamBytesPerClock());
  }

  private int work(long macroblocks) {
    return work(macroblocks, 0);
  }

  /** An object of a codec is finished before another context takes over. */
  private int work(long macroblocks, long clocks) {
    if (!s.isPaid() && s.preemptible()) return s.stopBefore(Stop.PREEMPT);
    s.mustPay(s.costs.primitive() + macroblocks * s.costs.macroblock() + clocks);
    return 0;
  }

  // ---- AVC

  /** From the slice's first macroblock to the next slice's, or to the end of the picture. */
  private long avcMacroblocks() {
    int picture = s.last.dword(MFX_AVC_IMG_STATE, MFX_AVC_IMG_STATE_FRAME_WIDTH_DWORD);
    long width = (picture & MFX_AVC_IMG_STATE_FRAME_WIDTH_MASK) + 1;
    long height =
        ((picture & MFX_AVC_IMG_STATE_FRAME_HEIGHT_MASK) >>> MFX_AVC_IMG_STATE_FRAME_HEIGHT_SHIFT)
            + 1;
    int from =
        s.last.dword(MFX_AVC_SLICE_STATE, MFX_AVC_SLICE_STATE_SLICE_HORIZONTAL_POSITION_DWORD);
    int to =
        s.last.dword(MFX_AVC_SLICE_STATE, MFX_AVC_SLICE_STATE_NEXT_SLICE_HORIZONTAL_POSITION_DWORD);
    long first =
        at(
            (from & MFX_AVC_SLICE_STATE_SLICE_HORIZONTAL_POSITION_MASK)
                >>> MFX_AVC_SLICE_STATE_SLICE_HORIZONTAL_POSITION_SHIFT,
            from >>> MFX_AVC_SLICE_STATE_SLICE_VERTICAL_POSITION_SHIFT,
            width);
    long next =
        at(
            to & MFX_AVC_SLICE_STATE_NEXT_SLICE_HORIZONTAL_POSITION_MASK,
            (to & MFX_AVC_SLICE_STATE_NEXT_SLICE_VERTICAL_POSITION_MASK)
                >>> MFX_AVC_SLICE_STATE_NEXT_SLICE_VERTICAL_POSITION_SHIFT,
            width);
    return covered(first, next, width * height);
  }

  // ---- HEVC and VP9

  private long hcpMacroblocks() {
    boolean hevc = s.last.has(HCP_PIC_STATE) && s.last.has(HCP_SLICE_STATE);
    return hevc ? hevcMacroblocks() : vp9Macroblocks();
  }

  /** From the slice's first tree block to the next slice's, or to the end of the picture. */
  private long hevcMacroblocks() {
    int shift = treeBlockShift();
    long width = treeBlocks(HCP_PIC_STATE_FRAME_WIDTH_IN_MINIMUM_CODING_BLOCK_SIZE_SHIFT, shift);
    long height = treeBlocks(HCP_PIC_STATE_FRAME_HEIGHT_IN_MINIMUM_CODING_BLOCK_SIZE_SHIFT, shift);
    long first = treeBlock(HCP_SLICE_STATE_SLICE_START_CTB_X_DWORD, width);
    long next = treeBlock(HCP_SLICE_STATE_NEXT_SLICE_START_CTB_X_DWORD, width);
    return covered(first, next, width * height) << 2 * (shift - MACROBLOCK_SHIFT);
  }

  /** 16, 32 or 64 pixels; 8 is not allowed, and taken for 16. */
  private int treeBlockShift() {
    int sizes = s.last.dword(HCP_PIC_STATE, HCP_PIC_STATE_CODING_TREE_BLOCK_SIZE_DWORD);
    int size =
        (sizes & HCP_PIC_STATE_CODING_TREE_BLOCK_SIZE_MASK)
            >>> HCP_PIC_STATE_CODING_TREE_BLOCK_SIZE_SHIFT;
    return Math.max(size + SMALLEST_CODING_BLOCK_SHIFT, MACROBLOCK_SHIFT);
  }

  private long treeBlocks(int fieldShift, int shift) {
    int size =
        s.last.dword(HCP_PIC_STATE, HCP_PIC_STATE_FRAME_WIDTH_IN_MINIMUM_CODING_BLOCK_SIZE_DWORD);
    int blocks =
        (size >>> fieldShift & HCP_PIC_STATE_FRAME_WIDTH_IN_MINIMUM_CODING_BLOCK_SIZE_MASK) + 1;
    int sizes = s.last.dword(HCP_PIC_STATE, HCP_PIC_STATE_MINIMUM_CODING_UNIT_SIZE_DWORD);
    int smallest =
        (sizes & HCP_PIC_STATE_MINIMUM_CODING_UNIT_SIZE_MASK) + SMALLEST_CODING_BLOCK_SHIFT;
    return roundedUp((long) blocks << smallest, shift);
  }

  private long treeBlock(int dword, long width) {
    int place = s.last.dword(HCP_SLICE_STATE, dword);
    return at(
        place & HCP_SLICE_STATE_SLICE_START_CTB_X_MASK,
        (place & HCP_SLICE_STATE_SLICE_START_CTB_Y_MASK)
            >>> HCP_SLICE_STATE_SLICE_START_CTB_Y_SHIFT,
        width);
  }

  /** A bit stream object of VP9 is a whole picture. */
  private long vp9Macroblocks() {
    if (!s.last.has(HCP_VP9_PIC_STATE)) return 0;
    int size =
        s.last.dword(HCP_VP9_PIC_STATE, HCP_VP9_PIC_STATE_FRAME_WIDTH_IN_PIXELS_MINUS_1_DWORD);
    int width = (size & HCP_VP9_PIC_STATE_FRAME_WIDTH_IN_PIXELS_MINUS_1_MASK) + 1;
    int height =
        ((size & HCP_VP9_PIC_STATE_FRAME_HEIGHT_IN_PIXELS_MINUS_1_MASK)
                >>> HCP_VP9_PIC_STATE_FRAME_HEIGHT_IN_PIXELS_MINUS_1_SHIFT)
            + 1;
    return roundedUp(width, MACROBLOCK_SHIFT) * roundedUp(height, MACROBLOCK_SHIFT);
  }

  // ---- encoding

  /** The walker of the encoder goes over a slice, whose state the codec's slice state is. */
  private long encodedMacroblocks() {
    return s.last.has(MFX_AVC_IMG_STATE) ? avcMacroblocks() : hcpMacroblocks();
  }

  private static long macroblocksOfLargest() {
    return 1L << 2 * (LARGEST_CODING_BLOCK_SHIFT - MACROBLOCK_SHIFT);
  }

  // ---- counting blocks

  private static long at(int x, int y, long width) {
    return y * width + x;
  }

  private static long covered(long first, long next, long all) {
    long end = next > first && next <= all ? next : all;
    return Math.max(end - first, 0);
  }

  private static long roundedUp(long pixels, int blockShift) {
    return pixels + (1L << blockShift) - 1 >>> blockShift;
  }
}

package dev.systole.gpu;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.door.Picture;

/** The smallest driver that lights a pipe up, on top of {@link GpuFixture}. */
final class DisplayFixture {
  static final int PIPE_BYTES = 0x1000;

  /** A mode of 64 by 48 pixels. */
  static final Mode SMALL = new Mode(64, 48, 80, 60);

  /** 1920 by 1080 at 60 Hz. */
  static final Mode FULL_HD = new Mode(1920, 1080, 2200, 1125);

  static final int PIXEL_CLOCK_KHZ = 148_500;

  final GpuFixture device = new GpuFixture();

  /** Sizes with and without blanking; the vertical blank begins behind the last line. */
  record Mode(int width, int height, int totalWidth, int totalHeight) {
    /** How long a frame lasts at the fixture's pixel clock. */
    long frameNanos() {
      return (long) totalWidth * totalHeight * 1_000_000 / PIXEL_CLOCK_KHZ;
    }
  }

  /** Wells, CDCLK at 307.2 MHz, both slices of the data buffer, a PLL at 148.5 MHz. */
  DisplayFixture() {
    write(PWR_WELL_CTL2, 0x2aa);
    write(CDCLK_PLL_ENABLE, CDCLK_PLL_ENABLE_ENABLE | 16);
    write(DBUF_CTL_S1, DBUF_CTL_S1_POWER_REQUEST);
    write(DBUF_CTL_S2, DBUF_CTL_S2_POWER_REQUEST);
    startPll(0);
    write(DPCLKA_CFGCR0, 0);
  }

  /** 464.0625 times 19.2 MHz, divided by 5, 3, 2 and 2. */
  void startPll(int number) {
    write(DPLL_ENABLE + 4 * number, DPLL_ENABLE_POWER_ENABLE);
    write(DPLL_CFGCR0 + 8 * number, 464 | 2048 << DPLL_CFGCR0_DCO_FRACTION_SHIFT);
    write(
        DPLL_CFGCR1 + 8 * number,
        DPLL_CFGCR1_P_DIVIDER__3
            | DPLL_CFGCR1_K_DIVIDER__2
            | DPLL_CFGCR1_Q_DIVIDER_ENABLE
            | 2 << DPLL_CFGCR1_Q_DIVIDER_SHIFT);
    write(DPLL_ENABLE + 4 * number, DPLL_ENABLE_POWER_ENABLE | DPLL_ENABLE_ENABLE);
  }

  int read(int register) {
    return device.read(register);
  }

  void write(int register, int value) {
    device.write(register, value);
  }

  /** Sends HDMI from pipes A to C to the ports of these names, from pipe D to port A. */
  void start(int pipe, Mode mode) {
    int base = pipe * PIPE_BYTES;
    int port = pipe % 3 + 1;
    setTimings(pipe, mode);
    write(PIPESRC + base, mode.width() - 1 << 16 | mode.height() - 1);
    write(TRANS_CLK_SEL + 4 * pipe, port << TRANS_CLK_SEL_PORT_SHIFT);
    write(
        TRANS_DDI_FUNC_CTL + base,
        TRANS_DDI_FUNC_CTL_ENABLE | port << TRANS_DDI_FUNC_CTL_PORT_SHIFT);
    write(TRANSCONF + base, TRANSCONF_ENABLE);
  }

  void setTimings(int pipe, Mode mode) {
    int base = pipe * PIPE_BYTES;
    write(TRANS_HTOTAL + base, mode.totalWidth() - 1 << 16 | mode.width() - 1);
    write(TRANS_VTOTAL + base, mode.totalHeight() - 1 << 16 | mode.height() - 1);
    write(TRANS_VBLANK + base, mode.totalHeight() - 1 << 16 | mode.height() - 1);
    write(TRANS_VSYNC + base, mode.height() + 5 << 16 | mode.height() + 2);
  }

  boolean runs(int pipe) {
    return (read(TRANSCONF + pipe * PIPE_BYTES) & TRANSCONF_STATE) != 0;
  }

  static int plane(int pipe, int plane) {
    return pipe * PIPE_BYTES + plane * PLANE_CTL_STRIDE_BYTES;
  }

  /**
   * Fills in a plane of the whole pipe but its surface, which arms it, and gives it 200 blocks of
   * its own.
   */
  void setUpPlane(int pipe, int plane, int control, int stride, int width, int height) {
    int block = plane(pipe, plane);
    int first = pipe * 512 + plane * 64;
    write(PLANE_CTL + block, PLANE_CTL_ENABLE | control);
    write(PLANE_STRIDE + block, stride);
    write(PLANE_POS + block, 0);
    write(PLANE_SIZE + block, height - 1 << 16 | width - 1);
    write(PLANE_OFFSET + block, 0);
    write(PLANE_COLOR_CTL + block, PLANE_COLOR_CTL_GAMMA_DISABLE);
    write(PLANE_BUF_CFG + block, first + 63 << PLANE_BUF_CFG_END_SHIFT | first);
    write(PLANE_WM_0 + block, PLANE_WM_0_ENABLE | 32);
  }

  /** Plane 1 of {@code pipe} shows XRGB in rows of 64 pixels, from this surface on. */
  void showRows(int pipe, int surface) {
    setUpPlane(pipe, 0, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
    write(PLANE_SURF + plane(pipe, 0), surface);
  }

  /** GGTT address of fresh pages. */
  int allocate(int pages) {
    return device.mapGgtt(device.allocate(pages), pages);
  }

  /** GGTT address of a surface of rows of 64 pixels, all of one colour. */
  int filled(int colour) {
    return filled(3, colour);
  }

  int filled(int pages, int colour) {
    long bus = device.allocate(pages);
    for (int i = 0; i < pages * 1024; i++) device.store(bus + 4L * i, colour);
    return device.mapGgtt(bus, pages);
  }

  Picture picture(int pipe) {
    return device.gpu.scanOut(pipe).orElseThrow();
  }

  int pixel(int pipe, int x, int y) {
    return picture(pipe).pixel(x, y);
  }
}

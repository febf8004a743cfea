package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;

/**
 * The PLLs of the display and what they drive: CDCLK, which the pipes work with, and through ports
 * the pixel clocks of transcoders. A PLL locks at once when its dividers keep its oscillator within
 * the limits, else never. The reference is 38.4 MHz.
 */
final class DisplayClocks implements RegisterBlock {
  private static final int REFERENCE_KHZ = 38_400;

  /** The PLLs of the combo PHYs halve the reference (i915: icl_wrpll_ref_clock). */
  private static final int COMBO_REFERENCE_KHZ = REFERENCE_KHZ / 2;

  /** i915: icl_calc_wrpll. */
  private static final int COMBO_OSCILLATOR_MIN_KHZ = 7_998_000;

  /** i915: icl_mg_pll_find_divisors. */
  private static final int DEKEL_OSCILLATOR_MIN_KHZ = 7_992_000;

  private static final int OSCILLATOR_MAX_KHZ = 10_000_000;

  /** Every PLL's oscillator runs at five times the bits of what comes out. */
  private static final int OSCILLATOR_DIVIDER = 5;

  /** 652.8 MHz, the fastest CDCLK of Tiger Lake (i915: icl_cdclk_table). */
  private static final int CDCLK_RATIO_MAX = 34;

  /** A pipe takes two pixels a clock (i915: intel_pixel_rate_to_cdclk). */
  private static final int PIXELS_PER_CDCLK = 2;

  /** Twice the divider behind CDCLK's PLL, by CDCLK_CTL's field. */
  private static final int[] DOUBLED_CD2X_DIVIDERS = {2, 3, 4, 8};

  private static final int[] HS_DIVIDERS = {2, 3, 5, 7};
  private static final int[] TBT_LINK_KHZ = {162_000, 270_000, 540_000, 810_000};
  private static final int[] BITS_PER_COLOUR = {8, 10, 6, 12};
  private static final int COMBO_FRACTION_BITS = 15;
  private static final int DEKEL_FRACTION_BITS = 22;
  private static final int COMBO_PORTS = 3;

  private static final int[] CLOCK_OFF = {
    DPCLKA_CFGCR0_DDI_A_CLOCK_OFF, DPCLKA_CFGCR0_DDI_B_CLOCK_OFF, DPCLKA_CFGCR0_DDI_C_CLOCK_OFF
  };

  private final PagedMemory registers;
  private final Runnable changed;

  /**
   * @param changed runs after a clock may have changed
   */
  DisplayClocks(PagedMemory registers, Runnable changed) {
    this.registers = registers;
    this.changed = changed;
    reset();
  }

  /** Back to power-on. */
  void reset() {
    registers.store32(DSSM, DSSM_REFERENCE_CLOCK__38_4_MHZ);
  }

  void claim(Display.Claims claims) {
    claims.claim(this, CDCLK_CTL, Integer.BYTES);
    claims.claim(this, DPLL_ENABLE, DPLL_ENABLE_COUNT * DPLL_ENABLE_STRIDE_BYTES);
    claims.claim(this, TBT_PLL_ENABLE, Integer.BYTES);
    claims.claim(this, MG_PLL_ENABLE, MG_PLL_ENABLE_COUNT * MG_PLL_ENABLE_STRIDE_BYTES);
    claims.claim(this, CDCLK_PLL_ENABLE, Integer.BYTES);
    claims.claim(this, DDI_CLK_SEL, DDI_CLK_SEL_COUNT * DDI_CLK_SEL_STRIDE_BYTES);
    claims.claim(this, TRANS_CLK_SEL, TRANS_CLK_SEL_COUNT * TRANS_CLK_SEL_STRIDE_BYTES);
    claims.claim(this, DPCLKA_CFGCR0, Integer.BYTES);
    claims.claim(this, DSSM, Integer.BYTES);
  }

  @Override
  public int read(int offset) {
    return registers.load32(offset);
  }

  @Override
  public void write(int offset, int value) {
    switch (offset) {
      case DSSM -> {}
      case CDCLK_PLL_ENABLE -> registers.store32(offset, withCdclkStatus(value));
      default -> registers.store32(offset, isPll(offset) ? withStatus(offset, value) : value);
    }
    changed.run();
  }

  private static boolean isPll(int offset) {
    return offset >= DPLL_ENABLE && offset <= MG_PLL_ENABLE + 5 * MG_PLL_ENABLE_STRIDE_BYTES;
  }

  private int withCdclkStatus(int value) {
    int ratio = value & CDCLK_PLL_ENABLE_RATIO_MASK;
    boolean locks = (value & CDCLK_PLL_ENABLE_ENABLE) != 0 && ratio > 0 && ratio <= CDCLK_RATIO_MAX;
    int status = locks ? CDCLK_PLL_ENABLE_LOCK : 0;
    if ((value & CDCLK_PLL_ENABLE_FREQUENCY_REQUEST) != 0) {
      status |= CDCLK_PLL_ENABLE_FREQUENCY_REQUEST_ACKNOWLEDGE;
    }
    return value & ~(CDCLK_PLL_ENABLE_LOCK | CDCLK_PLL_ENABLE_FREQUENCY_REQUEST_ACKNOWLEDGE)
        | status;
  }

  private int withStatus(int offset, int value) {
    int asked = value & ~(DPLL_ENABLE_POWER_STATE | DPLL_ENABLE_LOCK);
    if ((asked & DPLL_ENABLE_POWER_ENABLE) == 0) return asked;
    int powered = asked | DPLL_ENABLE_POWER_STATE;
    if ((asked & DPLL_ENABLE_ENABLE) == 0 || !canLock(offset)) return powered;
    return powered | DPLL_ENABLE_LOCK;
  }

  private boolean canLock(int offset) {
    if (offset == TBT_PLL_ENABLE) return true;
    boolean combo = offset < TBT_PLL_ENABLE;
    int number = (offset - (combo ? DPLL_ENABLE : MG_PLL_ENABLE)) / DPLL_ENABLE_STRIDE_BYTES;
    long oscillator = combo ? comboOscillatorKhz(number) : dekelOscillatorKhz(number);
    return oscillator >= (combo ? COMBO_OSCILLATOR_MIN_KHZ : DEKEL_OSCILLATOR_MIN_KHZ)
        && oscillator <= OSCILLATOR_MAX_KHZ;
  }

  // ---- CDCLK

  /** The frequency of CDCLK; 0 when its PLL is not locked. */
  int cdclkKhz() {
    int pll = registers.load32(CDCLK_PLL_ENABLE);
    if ((pll & CDCLK_PLL_ENABLE_LOCK) == 0) return 0;
    int select =
        (registers.load32(CDCLK_CTL) & CDCLK_CTL_CD2X_DIVIDER_MASK)
            >>> CDCLK_CTL_CD2X_DIVIDER_SHIFT;
    return REFERENCE_KHZ * (pll & CDCLK_PLL_ENABLE_RATIO_MASK) / DOUBLED_CD2X_DIVIDERS[select];
  }

  /** How many pixels a pipe can handle in a millisecond. */
  long pixelRateMaxKhz() {
    return (long) PIXELS_PER_CDCLK * cdclkKhz();
  }

  // ---- pixel clocks

  /** The pixel clock that reaches transcoder {@code number}; 0 when it cannot run. */
  int pixelClockKhz(int number) {
    int function = registers.load32(TRANS_DDI_FUNC_CTL + number * TRANS_DDI_FUNC_CTL_STRIDE_BYTES);
    int port = (function & TRANS_DDI_FUNC_CTL_PORT_MASK) >>> TRANS_DDI_FUNC_CTL_PORT_SHIFT;
    int select = registers.load32(TRANS_CLK_SEL + number * TRANS_CLK_SEL_STRIDE_BYTES);
    boolean connected =
        (function & TRANS_DDI_FUNC_CTL_ENABLE) != 0
            && port > 0
            && port <= DDI_CLK_SEL_COUNT
            && select >>> TRANS_CLK_SEL_PORT_SHIFT == port;
    if (!connected) return 0;
    long pixels = pixelsKhz(number, function, portClockKhz(port - 1));
    return pixels > pixelRateMaxKhz() ? 0 : (int) pixels;
  }

  /** HDMI sends a pixel a clock, deep colour slower; DisplayPort says it with a ratio. */
  private long pixelsKhz(int number, int function, long portClockKhz) {
    if ((function & TRANS_DDI_FUNC_CTL_MODE_MASK) < TRANS_DDI_FUNC_CTL_MODE_DP_SST) {
      int depth =
          (function & TRANS_DDI_FUNC_CTL_BITS_PER_COLOUR_MASK)
              >>> TRANS_DDI_FUNC_CTL_BITS_PER_COLOUR_SHIFT;
      return depth >= BITS_PER_COLOUR.length ? 0 : portClockKhz * 8 / BITS_PER_COLOUR[depth];
    }
    int base = number * TRANS_LINK_M1_STRIDE_BYTES;
    long m = registers.load32(base + TRANS_LINK_M1) & TRANS_LINK_M1_VALUE_MASK;
    long n = registers.load32(base + TRANS_LINK_N1) & TRANS_LINK_N1_VALUE_MASK;
    return n == 0 ? 0 : portClockKhz * m / n;
  }

  private long portClockKhz(int port) {
    return port < COMBO_PORTS ? comboPortKhz(port) : typeCPortKhz(port);
  }

  private long comboPortKhz(int port) {
    int select = registers.load32(DPCLKA_CFGCR0);
    if ((select & CLOCK_OFF[port]) != 0) return 0;
    int pll = select >>> 2 * port & 3;
    boolean locked = pll < DPLL_ENABLE_COUNT && locked(DPLL_ENABLE, pll);
    return locked ? comboOscillatorKhz(pll) / OSCILLATOR_DIVIDER / comboDivider(pll) : 0;
  }

  private long typeCPortKhz(int port) {
    int select = registers.load32(DDI_CLK_SEL + port * DDI_CLK_SEL_STRIDE_BYTES);
    int clock = select & DDI_CLK_SEL_CLOCK_MASK;
    int number = port - COMBO_PORTS;
    if (clock == DDI_CLK_SEL_CLOCK_MG) {
      boolean locked = locked(MG_PLL_ENABLE, number);
      return locked ? dekelOscillatorKhz(number) / OSCILLATOR_DIVIDER / dekelDivider(number) : 0;
    }
    int rate = (clock - DDI_CLK_SEL_CLOCK_TBT_162) >>> DDI_CLK_SEL_CLOCK_SHIFT;
    return rate < TBT_LINK_KHZ.length && locked(TBT_PLL_ENABLE, 0) ? TBT_LINK_KHZ[rate] : 0;
  }

  private boolean locked(int firstEnable, int number) {
    int enable = registers.load32(firstEnable + number * DPLL_ENABLE_STRIDE_BYTES);
    return (enable & DPLL_ENABLE_LOCK) != 0;
  }

  // ---- PLLs

  private long comboOscillatorKhz(int pll) {
    int config = registers.load32(DPLL_CFGCR0 + pll * DPLL_CFGCR0_STRIDE_BYTES);
    long whole = config & DPLL_CFGCR0_DCO_INTEGER_MASK;
    long fraction = (config & DPLL_CFGCR0_DCO_FRACTION_MASK) >>> DPLL_CFGCR0_DCO_FRACTION_SHIFT;
    return whole * COMBO_REFERENCE_KHZ + (fraction * COMBO_REFERENCE_KHZ >> COMBO_FRACTION_BITS);
  }

  private int comboDivider(int pll) {
    int config = registers.load32(DPLL_CFGCR1 + pll * DPLL_CFGCR1_STRIDE_BYTES);
    int p =
        switch (config & DPLL_CFGCR1_P_DIVIDER_MASK) {
          case DPLL_CFGCR1_P_DIVIDER__3 -> 3;
          case DPLL_CFGCR1_P_DIVIDER__5 -> 5;
          case DPLL_CFGCR1_P_DIVIDER__7 -> 7;
          default -> 2;
        };
    int k =
        switch (config & DPLL_CFGCR1_K_DIVIDER_MASK) {
          case DPLL_CFGCR1_K_DIVIDER__2 -> 2;
          case DPLL_CFGCR1_K_DIVIDER__3 -> 3;
          default -> 1;
        };
    int q = (config & DPLL_CFGCR1_Q_DIVIDER_MASK) >>> DPLL_CFGCR1_Q_DIVIDER_SHIFT;
    return p * k * ((config & DPLL_CFGCR1_Q_DIVIDER_ENABLE) == 0 ? 1 : Math.max(q, 1));
  }

  private long dekelOscillatorKhz(int number) {
    int dividers = registers.load32(DKL_PLL_DIV0 + number * DKL_PLL_DIV0_STRIDE_BYTES);
    int bias = registers.load32(DKL_PLL_BIAS + number * DKL_PLL_BIAS_STRIDE_BYTES);
    long before =
        (dividers & DKL_PLL_DIV0_FEEDBACK_PREDIVIDER_MASK)
            >>> DKL_PLL_DIV0_FEEDBACK_PREDIVIDER_SHIFT;
    long whole = dividers & DKL_PLL_DIV0_FEEDBACK_DIVIDER_MASK;
    long fraction =
        (bias & DKL_PLL_BIAS_FEEDBACK_FRACTION_ENABLE) == 0
            ? 0
            : (bias & DKL_PLL_BIAS_FEEDBACK_FRACTION_MASK) >>> DKL_PLL_BIAS_FEEDBACK_FRACTION_SHIFT;
    long reference = before * REFERENCE_KHZ;
    return whole * reference + (fraction * reference >> DEKEL_FRACTION_BITS);
  }

  private int dekelDivider(int number) {
    int control =
        registers.load32(DKL_CLKTOP2_HSCLKCTL + number * DKL_CLKTOP2_HSCLKCTL_STRIDE_BYTES);
    int high =
        (control & DKL_CLKTOP2_HSCLKCTL_HS_DIVIDER_MASK) >>> DKL_CLKTOP2_HSCLKCTL_HS_DIVIDER_SHIFT;
    int low =
        (control & DKL_CLKTOP2_HSCLKCTL_DS_DIVIDER_MASK) >>> DKL_CLKTOP2_HSCLKCTL_DS_DIVIDER_SHIFT;
    return HS_DIVIDERS[high] * Math.max(low, 1);
  }
}

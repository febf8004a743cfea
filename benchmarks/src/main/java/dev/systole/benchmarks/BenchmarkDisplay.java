package dev.systole.benchmarks;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.pci.Gpu;

/** Pipe A sends 1920 by 1080 pixels at 60 Hz to the first port; its vblanks are interrupts. */
final class BenchmarkDisplay {
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;
  private static final int TOTAL_WIDTH = 2200;
  private static final int TOTAL_HEIGHT = 1125;
  private static final int WELLS = 0x2aa;
  private static final int CDCLK_RATIO = 16;

  private final Gpu gpu;

  BenchmarkDisplay(Gpu gpu) {
    this.gpu = gpu;
    startClocks();
    startPipe();
    gpu.writeRegister(DISPLAY_INT_CTL, DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
    gpu.writeRegister(DE_PIPE_IER, DE_PIPE_IER_VBLANK);
    gpu.writeRegister(DE_PIPE_IMR, ~DE_PIPE_IMR_VBLANK);
  }

  /** A PLL of 464.0625 times 19.2 MHz, divided by 60: 148.5 MHz. */
  private void startClocks() {
    gpu.writeRegister(PWR_WELL_CTL2, WELLS);
    gpu.writeRegister(CDCLK_PLL_ENABLE, CDCLK_PLL_ENABLE_ENABLE | CDCLK_RATIO);
    gpu.writeRegister(DBUF_CTL_S1, DBUF_CTL_S1_POWER_REQUEST);
    gpu.writeRegister(DBUF_CTL_S2, DBUF_CTL_S2_POWER_REQUEST);
    gpu.writeRegister(DPLL_ENABLE, DPLL_ENABLE_POWER_ENABLE);
    gpu.writeRegister(DPLL_CFGCR0, 464 | 2048 << DPLL_CFGCR0_DCO_FRACTION_SHIFT);
    gpu.writeRegister(
        DPLL_CFGCR1,
        DPLL_CFGCR1_P_DIVIDER__3
            | DPLL_CFGCR1_K_DIVIDER__2
            | DPLL_CFGCR1_Q_DIVIDER_ENABLE
            | 2 << DPLL_CFGCR1_Q_DIVIDER_SHIFT);
    gpu.writeRegister(DPLL_ENABLE, DPLL_ENABLE_POWER_ENABLE | DPLL_ENABLE_ENABLE);
    gpu.writeRegister(DPCLKA_CFGCR0, 0);
  }

  private void startPipe() {
    gpu.writeRegister(TRANS_HTOTAL, TOTAL_WIDTH - 1 << 16 | WIDTH - 1);
    gpu.writeRegister(TRANS_VTOTAL, TOTAL_HEIGHT - 1 << 16 | HEIGHT - 1);
    gpu.writeRegister(TRANS_VBLANK, TOTAL_HEIGHT - 1 << 16 | HEIGHT - 1);
    gpu.writeRegister(TRANS_VSYNC, HEIGHT + 5 << 16 | HEIGHT + 2);
    gpu.writeRegister(PIPESRC, WIDTH - 1 << 16 | HEIGHT - 1);
    gpu.writeRegister(TRANS_CLK_SEL, 1 << TRANS_CLK_SEL_PORT_SHIFT);
    gpu.writeRegister(
        TRANS_DDI_FUNC_CTL, TRANS_DDI_FUNC_CTL_ENABLE | 1 << TRANS_DDI_FUNC_CTL_PORT_SHIFT);
    gpu.writeRegister(TRANSCONF, TRANSCONF_ENABLE);
  }

  /** Serves a vblank; says whether there was one. */
  boolean serve() {
    if ((gpu.readRegister(DISPLAY_INT_CTL) & DISPLAY_INT_CTL_PIPE_A) == 0) return false;
    gpu.writeRegister(DE_PIPE_IIR, gpu.readRegister(DE_PIPE_IIR));
    return true;
  }
}

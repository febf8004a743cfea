package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;

/**
 * The power wells of the display and the slices of its data buffer: on while somebody asks, at
 * once. Several registers ask for one well (firmware, driver, debugger); all show its state (i915:
 * HSW_PWR_WELL_CTL).
 */
final class PowerWells implements RegisterBlock {
  /** Even bits are states, odd ones requests. */
  private static final int REQUESTS = 0xaaaaaaaa;

  private static final int[] MAIN = {PWR_WELL_CTL1, PWR_WELL_CTL2, PWR_WELL_CTL3, PWR_WELL_CTL4};
  private static final int[] AUX = {PWR_WELL_CTL_AUX1, PWR_WELL_CTL_AUX2, PWR_WELL_CTL_AUX4};
  private static final int[] DDI = {PWR_WELL_CTL_DDI1, PWR_WELL_CTL_DDI2, PWR_WELL_CTL_DDI4};
  private static final int[] SLICES = {DBUF_CTL_S1, DBUF_CTL_S2};

  /** The wells of pipes A to D (i915: tgl_power_wells). */
  private static final int[] OF_PIPE = {
    PWR_WELL_CTL1_POWER_WELL_1_STATE,
    PWR_WELL_CTL1_POWER_WELL_3_STATE,
    PWR_WELL_CTL1_POWER_WELL_4_STATE,
    PWR_WELL_CTL1_POWER_WELL_5_STATE
  };

  /** Gates 1 to 4 open with their wells. */
  private static final int GATES = 4;

  private final PagedMemory registers;
  private final Runnable changed;

  /**
   * @param changed runs after a well has been switched
   */
  PowerWells(PagedMemory registers, Runnable changed) {
    this.registers = registers;
    this.changed = changed;
  }

  void claim(Display.Claims claims) {
    int[][] all = {MAIN, AUX, DDI, SLICES, {FUSE_STATUS}};
    for (int[] offsets : all) {
      for (int offset : offsets) claims.claim(this, offset, Integer.BYTES);
    }
  }

  /** Whether the registers of a pipe and its transcoder have power. */
  boolean pipe(int pipe) {
    return (registers.load32(PWR_WELL_CTL1) & OF_PIPE[pipe]) != 0;
  }

  /** Whether the AUX channel of a port has power. */
  boolean aux(Connector connector) {
    int state = PWR_WELL_CTL_AUX1_AUX_A_STATE << 2 * connector.ordinal();
    return (registers.load32(PWR_WELL_CTL_AUX1) & state) != 0;
  }

  /** Whether a slice of the data buffer, 0 or 1, has power. */
  boolean slice(int slice) {
    return (registers.load32(SLICES[slice]) & DBUF_CTL_S1_POWER_STATE) != 0;
  }

  @Override
  public int read(int offset) {
    return offset == FUSE_STATUS ? fuses() : registers.load32(offset);
  }

  private int fuses() {
    int value = FUSE_STATUS_DOWNLOAD | FUSE_STATUS_POWER_GATE_0;
    int wells = registers.load32(PWR_WELL_CTL1);
    for (int gate = 0; gate < GATES; gate++) {
      int state = PWR_WELL_CTL1_POWER_WELL_1_STATE << 2 * gate;
      if ((wells & state) != 0) value |= FUSE_STATUS_POWER_GATE_1 >> gate;
    }
    return value;
  }

  @Override
  public void write(int offset, int value) {
    if (offset == FUSE_STATUS) return;
    if (contains(SLICES, offset)) {
      boolean asked = (value & DBUF_CTL_S1_POWER_REQUEST) != 0;
      int kept = value & ~DBUF_CTL_S1_POWER_STATE;
      registers.store32(offset, asked ? kept | DBUF_CTL_S1_POWER_STATE : kept);
    } else {
      registers.store32(offset, value & REQUESTS);
      follow(contains(MAIN, offset) ? MAIN : contains(AUX, offset) ? AUX : DDI);
    }
    changed.run();
  }

  private static boolean contains(int[] offsets, int offset) {
    for (int one : offsets) if (one == offset) return true;
    return false;
  }

  private void follow(int[] askers) {
    int requests = 0;
    for (int asker : askers) requests |= registers.load32(asker) & REQUESTS;
    for (int asker : askers) {
      registers.store32(asker, registers.load32(asker) & REQUESTS | requests >>> 1);
    }
  }
}

package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.engine.CommandStreamer;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.fault.FaultTarget;
import dev.systole.gpu.injection.FaultInjector;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
import dev.systole.spec.Engine;
import java.util.List;

/**
 * GDRST: the bits that software sets name domains; they clear when the reset is done
 * (i915-kernel.md 3.2). A domain that is reset has the registers of power-on: those of its engines,
 * and what else lies in it. Interrupts, power management, forcewake and the GGTT are in none and
 * survive, but a full reset clears fences and faults, too.
 */
final class ResetControl implements Part, RegisterBlock {
  private static final long RESET_NANOS = 20_000;

  /** The 3D and GPGPU units, first and last offset of each range: state, chickens, caches. */
  private static final int[] RENDER_UNITS = {0x5200, 0x7fff, 0xe000, 0xefff};

  /** What a media engine's block has beyond its first page. */
  private static final int MEDIA_BLOCK_BYTES = 0x4000;

  private static final int ENGINE_PAGE_BYTES = 0x1000;

  private static final int[] IDLE = {
    SC_INSTDONE, SC_INSTDONE_EXTRA, SC_INSTDONE_EXTRA2, SAMPLER_INSTDONE, ROW_INSTDONE
  };

  private final PagedMemory registers;
  private final Schedule schedule;
  private final FaultInjector faults;
  private final List<CommandStreamer> engines;

  ResetControl(
      PagedMemory registers,
      Schedule schedule,
      FaultInjector faults,
      List<CommandStreamer> engines) {
    this.faults = faults;
    this.registers = registers;
    this.schedule = schedule;
    this.engines = engines;
    reset();
  }

  @Override
  public void reset() {
    resetRender();
    resetGt();
  }

  @Override
  public int read(int offset) {
    return registers.load32(GDRST);
  }

  @Override
  public void write(int offset, int domains) {
    registers.store32(GDRST, registers.load32(GDRST) | domains);
    if (domains == 0 || faults.strike(FaultKind.RESET_STUCK, FaultTarget.DEVICE) != null) return;
    schedule.after(RESET_NANOS, domains);
  }

  @Override
  public boolean isEvent(int argument) {
    return argument != 0;
  }

  @Override
  public void event(int domains) {
    boolean full = (domains & GDRST_FULL) != 0;
    for (CommandStreamer streamer : engines) {
      Engine engine = streamer.engine();
      if (!full && (domains & 1 << engine.resetDomainBit()) == 0) continue;
      streamer.reset();
      switch (engine.engineClass()) {
        case RENDER -> resetRender();
        case VIDEO, VIDEO_ENHANCE -> {
          int base = engine.mmioBase();
          clear(base + ENGINE_PAGE_BYTES, base + MEDIA_BLOCK_BYTES - 1);
        }
        case COPY, COMPUTE -> {}
      }
    }
    if (full) resetGt();
    registers.store32(GDRST, registers.load32(GDRST) & ~domains);
  }

  private void resetRender() {
    for (int i = 0; i < RENDER_UNITS.length; i += 2) clear(RENDER_UNITS[i], RENDER_UNITS[i + 1]);
    for (int offset : IDLE) registers.store32(offset, -1);
  }

  /** What belongs to the whole GT (values of an idle one: i915-kernel.md 1.4). */
  private void resetGt() {
    registers.store32(SFC_DONE, 0xff);
    registers.store32(GAM_DONE, 0xffbfffff);
    int[] errors = {ERROR_GEN6, FAULT_REG, FAULT_TLB_DATA0, FAULT_TLB_DATA1, AUX_ERR_DBG};
    for (int offset : errors) registers.store32(offset, 0);
    clear(FENCE_REG, FENCE_REG + FENCE_REG_COUNT * FENCE_REG_STRIDE_BYTES - 1);
  }

  private void clear(int first, int last) {
    for (int offset = first; offset <= last; offset += Integer.BYTES) registers.store32(offset, 0);
  }
}

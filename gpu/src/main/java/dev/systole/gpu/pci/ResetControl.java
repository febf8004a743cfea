package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.GtRegisters.GDRST;
import static dev.systole.spec.gen12.GtRegisters.GDRST_FULL;

import dev.systole.gpu.engine.CommandStreamer;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
import java.util.List;

/** GDRST: the bits that software sets name domains; they clear when the reset is done. */
final class ResetControl implements Part, RegisterBlock {
  private static final long RESET_NANOS = 20_000;

  private final PagedMemory registers;
  private final Schedule schedule;
  private final List<CommandStreamer> engines;

  ResetControl(PagedMemory registers, Schedule schedule, List<CommandStreamer> engines) {
    this.registers = registers;
    this.schedule = schedule;
    this.engines = engines;
  }

  @Override
  public int read(int offset) {
    return registers.load32(GDRST);
  }

  @Override
  public void write(int offset, int domains) {
    registers.store32(GDRST, registers.load32(GDRST) | domains);
    if (domains != 0) schedule.after(RESET_NANOS, domains);
  }

  @Override
  public boolean isEvent(int argument) {
    return argument != 0;
  }

  @Override
  public void event(int domains) {
    for (CommandStreamer engine : engines) {
      int domain = 1 << engine.engine().resetDomainBit();
      if ((domains & (GDRST_FULL | domain)) != 0) engine.reset();
    }
    registers.store32(GDRST, registers.load32(GDRST) & ~domains);
  }
}

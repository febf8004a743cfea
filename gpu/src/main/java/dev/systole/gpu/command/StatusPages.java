package dev.systole.gpu.command;

import static dev.systole.spec.gen12.RingRegisters.RING_HWS_PGA;
import static dev.systole.spec.gen12.RingRegisters.RING_HWS_PGA_ADDRESS_MASK;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/** Where the status pages lie that commands write: the engine's, and the running context's. */
public final class StatusPages {
  private final Page own;
  private int context;

  StatusPages(Page own) {
    this.own = own;
  }

  /** Says where in the GGTT the image of the running context lies: its first page is the page. */
  public void setContext(int image) {
    context = image;
  }

  /** GGTT address in the per-process status page. */
  long ofProcess(long offset) {
    return (context & 0xffffffffL) + (offset & Page.OFFSET_MASK);
  }

  /** GGTT address in the engine's status page. */
  public long ofEngine(long offset) {
    long page = own.load32(RING_HWS_PGA) & RING_HWS_PGA_ADDRESS_MASK & 0xffffffffL;
    return page + (offset & Page.OFFSET_MASK);
  }

  void save(StateSink sink) {
    sink.putInt(context);
  }

  void restore(StateSource source) {
    context = source.takeInt();
  }
}

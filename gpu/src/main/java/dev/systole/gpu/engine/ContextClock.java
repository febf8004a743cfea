package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.RING_CTX_TIMESTAMP;

import dev.systole.gpu.command.Timestamps;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * CTX_TIMESTAMP: the time that the running context has been on the engine, in ticks of the time
 * stamp. It is saved and restored with the context, so that drivers read run times from images.
 */
final class ContextClock {
  private final Page own;
  private final EngineHost host;
  private boolean runs;
  private int ticks;
  private long startNanos;

  ContextClock(Page own, EngineHost host) {
    this.own = own;
    this.host = host;
  }

  /** The context begins to run, with what its image had in the register. */
  void start() {
    runs = true;
    write(own.load32(RING_CTX_TIMESTAMP));
  }

  /** The context no longer runs. */
  void stop() {
    ticks = read();
    runs = false;
  }

  int read() {
    if (!runs) return ticks;
    long ran = Timestamps.ticks(host.nowNanos()) - Timestamps.ticks(startNanos);
    return ticks + (int) ran;
  }

  void write(int value) {
    ticks = value;
    startNanos = host.nowNanos();
  }

  void reset() {
    runs = false;
    ticks = 0;
  }

  void save(StateSink sink) {
    sink.putBoolean(runs);
    sink.putInt(ticks);
    sink.putLong(startNanos);
  }

  void restore(StateSource source) {
    runs = source.takeBoolean();
    ticks = source.takeInt();
    startNanos = source.takeLong();
  }
}

package dev.systole.gpu.command;

import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/** Counts batches and their commands, so that a fault can be told where to fire. */
public final class BatchCount {
  private int started;
  private int ordinal;
  private long commandsBefore;

  /** Commands parsed in batches since power-on. */
  long commands;

  /** At which count of commands a fault waits; 0: none does. */
  long faultAt;

  BatchCount() {}

  /** A first-level batch starts. */
  void start() {
    ordinal = ++started;
    commandsBefore = commands;
  }

  /** A batch of which {@code parsed} commands were parsed is resumed after a context switch. */
  public void resume(int batchOrdinal, int parsed) {
    ordinal = batchOrdinal;
    commandsBefore = commands - parsed;
  }

  /** Number of the open first-level batch among those the engine started, from 1. */
  public int ordinal() {
    return ordinal;
  }

  /** How many commands of the open first-level batch were parsed. */
  public int commandsInBatch() {
    return (int) (commands - commandsBefore);
  }

  /** How many commands were parsed in batches since power-on. */
  public long commands() {
    return commands;
  }

  /** Has {@link EngineSignals#faultReached} called at a count of commands; 0: not at all. */
  public void setFaultAt(long count) {
    faultAt = count;
  }

  void save(StateSink sink) {
    sink.putInt(started);
    sink.putInt(ordinal);
    sink.putLong(commandsBefore);
    sink.putLong(commands);
  }

  void restore(StateSource source) {
    started = source.takeInt();
    ordinal = source.takeInt();
    commandsBefore = source.takeLong();
    commands = source.takeLong();
    faultAt = 0;
  }
}

package dev.systole.gpu.fault;

import static dev.systole.gpu.fault.FaultKey.*;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** When faults of a kind can fire. */
public enum FaultOccasion {
  /** A command of a batch is about to run; the ring's own commands are the driver's. */
  COMMAND(REQUEST, FaultKey.COMMAND, NAME, ADDRESS, EVENT, TIME, NTH, PROBABILITY, SEED),

  /** What the fault prevents or changes is about to happen. */
  DEED(EVENT, TIME, NTH, PROBABILITY, SEED, TIMES),

  /** A time has come, or the CPU accesses a register. */
  MOMENT(REGISTER, EVENT, TIME, NTH, PROBABILITY, SEED);

  private final Set<FaultKey> keys;

  FaultOccasion(FaultKey first, FaultKey... others) {
    keys = Collections.unmodifiableSet(EnumSet.of(first, others));
  }

  /** What can be said of every such fault. */
  Set<FaultKey> keys() {
    return keys;
  }
}

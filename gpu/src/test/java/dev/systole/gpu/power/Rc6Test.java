package dev.systole.gpu.power;

import static dev.systole.spec.gen12.GtRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.memory.PagedMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RC6 by arithmetic against RC6 by small steps (i915-kernel.md 7.2). */
class Rc6Test {
  private static final long UNIT_NANOS = 1280;
  private static final int BY_HARDWARE = RC_CONTROL_HARDWARE_ENABLE | RC_CONTROL_RC6_ENABLE;

  private final PagedMemory registers = new PagedMemory(1 << 20);

  private Rc6 rc6(int control, int hysteresis, int interval, int threshold) {
    registers.store32(RC_CONTROL, control);
    registers.store32(RC_IDLE_HYSTERESIS, hysteresis);
    registers.store32(RC_EVALUATION_INTERVAL, interval);
    registers.store32(RC6_THRESHOLD, threshold);
    return new Rc6(registers);
  }

  /** What hardware does, unit by unit. */
  private final class Steps {
    private final boolean byInterval =
        (registers.load32(RC_CONTROL) & RC_CONTROL_EI_MODE) != 0
            && (registers.load32(RC_CONTROL) & RC_CONTROL_TIMEOUT_MODE) == 0;
    private final boolean byTimeout = (registers.load32(RC_CONTROL) & RC_CONTROL_TIMEOUT_MODE) != 0;
    private final int interval = registers.load32(RC_EVALUATION_INTERVAL);
    private int inInterval;
    private int idleInInterval;
    private boolean promoted;
    private int idleFor;
    private boolean asleep;
    private int resident;

    void step(boolean idle) {
      if (!idle) {
        idleFor = 0;
        asleep = false;
      } else if (!asleep) {
        int threshold = registers.load32(RC6_THRESHOLD);
        asleep =
            idleFor >= registers.load32(RC_IDLE_HYSTERESIS)
                && (!byInterval || promoted)
                && (!byTimeout || idleFor >= threshold);
      }
      if (asleep) resident++;
      if (idle) {
        idleFor++;
        idleInInterval++;
      }
      if (++inInterval == interval) {
        promoted = idleInInterval >= registers.load32(RC6_THRESHOLD);
        inInterval = 0;
        idleInInterval = 0;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, RC_CONTROL_EI_MODE, RC_CONTROL_TIMEOUT_MODE})
  void arithmeticIsWhatSmallStepsAre(int mode) {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      int interval = 1 + random.nextInt(40);
      Rc6 rc6 = rc6(BY_HARDWARE | mode, random.nextInt(20), interval, random.nextInt(interval + 5));
      var steps = new Steps();
      long now = 0;
      boolean idle = false;
      for (int i = 0; i < 30; i++) {
        int units = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 25);
        for (int unit = 0; unit < units; unit++) steps.step(idle);
        long end = now + units * UNIT_NANOS;
        rc6.pass(now, end, idle);
        now = end;
        assertEquals(steps.resident, rc6.residency(), "seed " + seed + " after " + now + " ns");
        if (random.nextInt(3) == 0) continue; // somebody only looked
        idle = !idle;
        if (idle) rc6.fallIdle(now);
        else rc6.wake();
      }
    }
  }

  @Test
  void softwareSendsAnIdleGtToRc6AtOnce() {
    Rc6 rc6 = rc6(RC_CONTROL_RC6_ENABLE, 25, 125_000, 50_000);
    rc6.fallIdle(5_000);
    rc6.pass(5_000, 5_000 + 10 * UNIT_NANOS, true);
    assertEquals(0, rc6.residency(), "RC_STATE does not ask for it");
    registers.store32(RC_STATE, RC_STATE_SOFTWARE_TARGET_RC6);
    rc6.fallIdle(50_000);
    rc6.pass(50_000, 50_000 + 10 * UNIT_NANOS, true);
    assertEquals(10, rc6.residency());
  }

  @Test
  void residencyWrapsAt32Bits() {
    Rc6 rc6 = rc6(BY_HARDWARE, 0, 0, 0);
    rc6.fallIdle(0);
    rc6.pass(0, (1L << 32) * UNIT_NANOS + 3 * UNIT_NANOS, true);
    assertEquals(3, rc6.residency());
  }
}

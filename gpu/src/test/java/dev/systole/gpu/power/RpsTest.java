package dev.systole.gpu.power;

import static dev.systole.spec.gen12.GtRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.EventQueue;
import dev.systole.gpu.sim.Schedule;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The evaluation of RPS (i915-kernel.md 7.3): units are 16 clocks of 19.2 MHz, 2500/3 ns. */
class RpsTest {
  private static final int UNITS_OF_MILLISECOND = 1200;
  private static final String UP = "20";
  private static final String DOWN = "10";
  private static final String TIMEOUT = "40";

  private final EventQueue queue = new EventQueue();
  private final List<String> notices = new ArrayList<>();
  private long nowNanos;
  private final GtPower power =
      new GtPower(
          Platform.TGL,
          new PagedMemory(8 << 20),
          new EngineClock(Platform.TGL),
          new Schedule(queue, () -> nowNanos, 0),
          bits -> notices.add(Integer.toHexString(bits)));

  /**
   * As i915 sets the highest power mode: up after 10 ms above 85 %, down after 32 ms below 60 %.
   */
  @BeforeEach
  void enable() {
    power.write(RP_UP_EI, 10 * UNITS_OF_MILLISECOND);
    power.write(RP_UP_THRESHOLD, 10 * UNITS_OF_MILLISECOND * 85 / 100);
    power.write(RP_DOWN_EI, 32 * UNITS_OF_MILLISECOND);
    power.write(RP_DOWN_THRESHOLD, 32 * UNITS_OF_MILLISECOND * 60 / 100);
    power.write(
        RP_CONTROL,
        RP_CONTROL_ENABLE | RP_CONTROL_UP_MODE_BUSY_AVG | RP_CONTROL_DOWN_MODE_IDLE_AVG);
  }

  private void passMillis(int millis) {
    long end = nowNanos + millis * 1_000_000L;
    while (queue.firstNanos() <= end) {
      nowNanos = queue.firstNanos();
      power.event(EventQueue.argument(queue.take()));
    }
    nowNanos = end;
  }

  private void busyMillis(int millis) {
    power.engineStarts(Engine.RCS0);
    passMillis(millis);
    power.engineStops(Engine.RCS0);
  }

  @Test
  void busyGtAsksForMoreOnceUntilSoftwareAnswers() {
    power.engineStarts(Engine.RCS0);
    passMillis(9);
    assertEquals(List.of(), notices);
    passMillis(1);
    assertEquals(List.of(UP), notices);
    passMillis(1_000_000);
    assertEquals(List.of(UP), notices, "nobody answered");
    assertEquals(Long.MAX_VALUE, queue.firstNanos());
    power.write(RPNSWREQ, 40 << 23);
    passMillis(10);
    assertEquals(List.of(UP, UP), notices);
  }

  @Test
  void atTheUpperLimitNothingIsAskedFor() {
    power.write(RP_INTERRUPT_LIMITS, 78 << RP_INTERRUPT_LIMITS_UP_SHIFT);
    power.engineStarts(Engine.RCS0);
    passMillis(100);
    assertEquals(List.of(), notices);
    power.write(RPNSWREQ, 40 << 23);
    passMillis(10);
    assertEquals(List.of(UP), notices);
  }

  @Test
  void mostlyIdleGtAsksForLessAndAnIdleOneIsSilent() {
    for (int i = 0; i < 4; i++) {
      busyMillis(4);
      passMillis(4);
    }
    assertEquals(List.of(DOWN), notices);
    power.write(RPNSWREQ, 6 << 23);
    passMillis(1_000);
    assertEquals(List.of(DOWN), notices, "intervals end with the work");
    assertEquals(Long.MAX_VALUE, queue.firstNanos());
  }

  @Test
  void idleGtTimesOutOnce() {
    power.write(PMINTRMSK, PMINTRMSK_DOWN_THRESHOLD);
    power.write(RP_DOWN_TIMEOUT, 50 * UNITS_OF_MILLISECOND);
    busyMillis(1);
    passMillis(49);
    assertEquals(List.of(), notices);
    passMillis(10_000);
    assertEquals(List.of(TIMEOUT), notices);
  }

  @Test
  void countersTellThePresentAndTheLastInterval() {
    busyMillis(4);
    power.engineStarts(Engine.BCS0);
    passMillis(2);
    power.engineStops(Engine.BCS0);
    passMillis(1);
    assertEquals(7 * UNITS_OF_MILLISECOND, power.read(RP_CUR_UP_EI));
    assertEquals(6 * UNITS_OF_MILLISECOND, power.read(RP_CUR_UP));
    assertEquals(0, power.read(RP_PREV_UP));
    passMillis(4);
    assertEquals(6 * UNITS_OF_MILLISECOND, power.read(RP_PREV_UP));
    assertEquals(0, power.read(RP_CUR_UP_EI), "it was the last");
    assertEquals(11 * UNITS_OF_MILLISECOND, power.read(RP_CUR_DOWN_EI));
    power.engineStarts(Engine.RCS0);
    passMillis(1);
    assertEquals(7 * UNITS_OF_MILLISECOND, power.read(RP_CUR_DOWN));
    power.write(RP_CUR_DOWN_EI, 0);
    assertEquals(0, power.read(RP_CUR_DOWN_EI));
  }

  @Test
  void maskedNoticesAndADisabledEvaluationCostNothing() {
    power.write(PMINTRMSK, -1);
    power.engineStarts(Engine.RCS0);
    assertEquals(Long.MAX_VALUE, queue.firstNanos());
    power.write(PMINTRMSK, 0);
    assertEquals(nowNanos + 10_000_000, queue.firstNanos());
    power.write(RP_CONTROL, 0);
    assertEquals(Long.MAX_VALUE, queue.firstNanos());
  }
}

package dev.systole.driver.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.sim.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** DESIGN part 4: one CPU, cooperative, in virtual time. */
class CpuTest {
  private final VirtualClock clock = new VirtualClock();
  private final ScriptedHardware hardware = new ScriptedHardware();
  private final Cpu cpu = new Cpu(clock, hardware);
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void shutDown() {
    cpu.shutDown();
  }

  private void see(String what) {
    seen.add(what + "@" + clock.nowNanos());
  }

  private Cpu.Outcome run() {
    return cpu.run(Long.MAX_VALUE);
  }

  @Test
  void idleTimeCostsNothing() {
    cpu.start(
        "sleeper",
        () -> {
          cpu.sleep(20_000_000_000L);
          see("awake");
        });
    assertInstanceOf(Cpu.Outcome.Finished.class, run());
    assertEquals(List.of("awake@20000000000"), seen);
  }

  @Test
  void atTheSameTimeInterruptsGoFirstThenDpcsThenTimersThenThreads() {
    cpu.start(
        "thread",
        () -> {
          cpu.timer(() -> see("timer")).armIn(0);
          cpu.queueDpc(() -> see("dpc"));
          cpu.raiseInterrupt(clock.nowNanos(), () -> see("interrupt"));
          cpu.sleep(0);
          see("thread");
        });
    run();
    assertEquals(List.of("interrupt@0", "dpc@0", "timer@0", "thread@0"), seen);
  }

  @Test
  void anInterruptWaitsUntilTheRunningThreadBlocksAndComesBeforeLaterTimers() {
    hardware.interruptAt(40, cpu, () -> see("interrupt"));
    cpu.start(
        "busy",
        () -> {
          cpu.timer(() -> see("timer")).armAt(50);
          clock.charge(100);
          see("worked");
          cpu.sleep(10);
        });
    run();
    assertEquals(List.of("worked@100", "interrupt@100", "timer@100"), seen);
  }

  @Test
  void anInterruptEndsIdling() {
    var done = new WaitQueue("the interrupt");
    hardware.interruptAt(700, cpu, () -> cpu.wakeOne(done));
    cpu.start(
        "waiter",
        () -> {
          assertTrue(cpu.await(done, 1_000));
          see("woken");
        });
    run();
    assertEquals(List.of("woken@700"), seen);
  }

  @Test
  void awaitReturnsFalseAfterItsTimeout() {
    var never = new WaitQueue("what never comes");
    cpu.start(
        "waiter",
        () -> {
          assertFalse(cpu.await(never, 1_000));
          assertTrue(never.isEmpty());
          see("timed out");
        });
    run();
    assertEquals(List.of("timed out@1000"), seen);
  }

  @Test
  void threadsWakeInTheOrderInWhichTheyCame() {
    var gate = new WaitQueue("the gate");
    for (String name : List.of("first", "second", "third")) {
      cpu.start(
          name,
          () -> {
            cpu.await(gate);
            see(name);
          });
    }
    cpu.start("opener", () -> cpu.wakeAll(gate));
    run();
    assertEquals(List.of("first@0", "second@0", "third@0"), seen);
  }

  @Test
  void aRunWhoseThreadsAllWaitSaysSo() {
    CpuThread thread = cpu.start("lonely", () -> cpu.await(new WaitQueue("a friend")));
    var stuck = assertInstanceOf(Cpu.Outcome.Stuck.class, cpu.run(1_000_000));
    assertEquals(List.of(thread), stuck.waiting());
    assertEquals("a friend", thread.waitingFor());
  }

  @Test
  void aRunEndsAtItsLimitAndCanGoOn() {
    cpu.start(
        "sleeper",
        () -> {
          cpu.sleep(2_000);
          see("awake");
        });
    assertInstanceOf(Cpu.Outcome.TimeLimit.class, cpu.run(500));
    assertEquals(500, clock.nowNanos());
    assertInstanceOf(Cpu.Outcome.Finished.class, run());
    assertEquals(List.of("awake@2000"), seen);
  }

  @Test
  void aDaemonDoesNotKeepARunAlive() {
    cpu.startDaemon("worker", () -> cpu.await(new WaitQueue("work")));
    assertInstanceOf(Cpu.Outcome.Finished.class, run());
  }

  @Test
  void whatAThreadThrowsIsThrownToWhoRuns() {
    cpu.start(
        "faulty",
        () -> {
          throw new IllegalArgumentException("broken");
        });
    var thrown = assertThrows(IllegalArgumentException.class, this::run);
    assertEquals("broken", thrown.getMessage());
  }

  @Test
  void interruptCodeMustNotBlock() {
    cpu.start("thread", () -> cpu.queueDpc(() -> cpu.sleep(1)));
    assertThrows(IllegalStateException.class, this::run);
  }

  @Test
  void aThreadThatWaitsIsUnwoundByShutDown() {
    cpu.startDaemon(
        "worker",
        () -> {
          try {
            cpu.await(new WaitQueue("work"));
          } finally {
            see("unwound");
          }
        });
    run();
    cpu.shutDown();
    assertEquals(List.of("unwound@0"), seen);
  }

  @Test
  void theClockAloneDecidesTheOrder() {
    long seed = 0x5eed;
    assertEquals(tangle(seed), tangle(seed), "seed " + seed);
  }

  /** Many threads, timers and wake-ups, drawn from a seed. */
  private static List<String> tangle(long seed) {
    var clock = new VirtualClock();
    var cpu = new Cpu(clock, new ScriptedHardware());
    var random = new Random(seed);
    var seen = new ArrayList<String>();
    var gate = new WaitQueue("the gate");
    for (int i = 0; i < 20; i++) {
      String name = "t" + i;
      cpu.start(
          name,
          () -> {
            for (int step = 0; step < 50; step++) {
              seen.add(name + "@" + clock.nowNanos());
              clock.charge(random.nextInt(5));
              switch (random.nextInt(3)) {
                case 0 -> cpu.sleep(random.nextInt(20));
                case 1 -> cpu.await(gate, 1 + random.nextInt(30));
                default -> cpu.wakeAll(gate);
              }
            }
          });
    }
    cpu.run(Long.MAX_VALUE);
    return seen;
  }
}

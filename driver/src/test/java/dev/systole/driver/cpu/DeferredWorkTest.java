package dev.systole.driver.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.systole.gpu.sim.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasklets, work queues and delayed work. */
class DeferredWorkTest {
  private final VirtualClock clock = new VirtualClock();
  private final Cpu cpu = new Cpu(clock, new ScriptedHardware());
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void shutDown() {
    cpu.shutDown();
  }

  private void see(String what) {
    seen.add(what + "@" + clock.nowNanos());
  }

  private void run(Runnable body) {
    cpu.start("test", body);
    assertInstanceOf(Cpu.Outcome.Finished.class, cpu.run(Long.MAX_VALUE));
  }

  @Test
  void aTaskletRunsOnceHoweverOftenItWasAskedFor() {
    var tasklet = new Tasklet(cpu, () -> see("ran"));
    run(
        () -> {
          tasklet.schedule();
          tasklet.schedule();
          see("thread");
        });
    assertEquals(List.of("thread@0", "ran@0"), seen);
  }

  @Test
  void aDisabledTaskletRunsWhenItIsEnabledAgain() {
    var tasklet = new Tasklet(cpu, () -> see("ran"));
    run(
        () -> {
          tasklet.disable();
          tasklet.schedule();
          cpu.sleep(10);
          see("enabling");
          tasklet.enable();
        });
    assertEquals(List.of("enabling@10", "ran@10"), seen);
  }

  @Test
  void aFlushedTaskletDoesNotRunAgain() {
    var tasklet = new Tasklet(cpu, () -> see("ran"));
    run(
        () -> {
          tasklet.schedule();
          tasklet.flush();
          see("flushed");
        });
    assertEquals(List.of("ran@0", "flushed@0"), seen);
  }

  @Test
  void workRunsInItsOrderAndMayBlock() {
    run(
        () -> {
          var queue = new WorkQueue(cpu, "queue");
          queue.queue(
              () -> {
                cpu.sleep(100);
                see("slow");
              });
          queue.queue(() -> see("fast"));
          queue.drain();
          see("drained");
        });
    assertEquals(List.of("slow@100", "fast@100", "drained@100"), seen);
  }

  @Test
  void delayedWorkComesAtItsTimeAndCanBeMoved() {
    run(
        () -> {
          var work = new WorkQueue(cpu, "queue").delayed(() -> see("ran"));
          work.scheduleAt(100);
          work.scheduleAt(300);
          cpu.sleep(1_000);
        });
    assertEquals(List.of("ran@300"), seen);
  }

  @Test
  void cancelledWorkDoesNotRunEvenWhenItWasQueued() {
    run(
        () -> {
          var queue = new WorkQueue(cpu, "queue");
          DelayedWork work = queue.delayed(() -> see("ran"));
          queue.queue(() -> cpu.sleep(500));
          work.scheduleAt(100);
          cpu.sleep(200);
          work.cancel();
          queue.drain();
          work.scheduleAt(600);
          cpu.sleep(1_000);
        });
    assertEquals(List.of("ran@600"), seen);
  }
}

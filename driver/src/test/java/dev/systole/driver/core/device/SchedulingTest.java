package dev.systole.driver.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.CoreRequest;
import dev.systole.driver.core.EngineTunables;
import dev.systole.driver.core.Scheduling;
import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who runs when (i915-kernel.md 2.5), and what the core leaves to an operating system. */
class SchedulingTest {
  private static final int EIO = -5;

  private static Machine machine(Scheduling scheduling) {
    return new Machine(CoreConfig.tigerLake(scheduling));
  }

  @Test
  void requestsOfOneContextShareAPort() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            var client = machine.client(Engine.RCS0, "app");
            for (int i = 0; i < 3; i++) client.store(i);
            machine.sleepMillis(1);
          });
      List<String> submitted =
          machine.health.texts("submitted").stream().filter(t -> t.startsWith("rcs0:5:")).toList();
      assertEquals(
          List.of("rcs0:5:2 port 0 prio 0", "rcs0:5:4 port 0 prio 0", "rcs0:5:6 port 0 prio 0"),
          submitted);
    }
  }

  @Test
  void workOfHigherPriorityPreempts() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            long spinner = machine.client(Engine.RCS0, "spin").spin();
            machine.sleepMillis(5);
            long target = machine.client(Engine.RCS0, "urgent", 10).store(1);
            machine.sleepMillis(1);
            assertEquals(1, machine.core.memory().read32(target));
            assertEquals(1, machine.completed.size());
            machine.endSpin(spinner);
          });
    }
  }

  @Test
  void workOfOnePriorityGetsATimeSlice() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            long spinner = machine.client(Engine.RCS0, "spin").spin();
            long target = machine.client(Engine.RCS0, "other").store(1);
            machine.sleepMillis(5);
            assertEquals(1, machine.core.memory().read32(target));
            assertEquals(1, machine.completed.size());
            machine.endSpin(spinner);
          });
    }
  }

  @Test
  void withoutTimeSlicesWorkOfOnePriorityWaits() {
    var tunables = new EngineTunables(2500, 7500, 0, 100);
    var config = CoreConfig.tigerLake(Scheduling.CORE).with(Engine.RCS0, tunables);
    try (var machine = new Machine(config)) {
      machine.run(
          () -> {
            long spinner = machine.client(Engine.RCS0, "spin").spin();
            long target = machine.client(Engine.RCS0, "other").store(1);
            machine.sleepMillis(100);
            assertEquals(0, machine.core.memory().read32(target));
            machine.endSpin(spinner);
          });
    }
  }

  @Test
  void packetsOfAnOperatingSystemAreNeitherSlicedNorPreemptedButTheHeartbeatGetsThrough() {
    try (var machine = machine(Scheduling.OPERATING_SYSTEM)) {
      machine.run(
          () -> {
            long spinner = machine.client(Engine.RCS0, "spin").spin();
            long target = machine.client(Engine.RCS0, "urgent", 10).store(1);
            machine.sleepMillis(20_000);
            assertEquals(0, machine.core.memory().read32(target));
            assertEquals(List.of(), machine.completed);
            machine.endSpin(spinner);
            machine.sleepMillis(1);
            assertEquals(1, machine.core.memory().read32(target));
          });
      assertTrue(machine.health.texts("heartbeat").contains("rcs0 completed"));
      assertEquals(List.of(), machine.health.texts("reset"));
    }
  }

  @Test
  void anInvalidOpcodeIsKilledWithoutAHeartbeat() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            CoreRequest request = machine.client(Engine.RCS0, "bad").submit(0x0f00_0000, 0);
            machine.await(request, 100);
            assertEquals(EIO, request.error());
          });
      assertEquals(List.of("rcs0 1"), machine.health.texts("cs error"));
      assertEquals(List.of("rcs0 begun: CS error", "rcs0 ok"), machine.health.texts("reset"));
      assertEquals(List.of(), machine.health.texts("heartbeat"));
    }
  }

  @Test
  void anIntervalOf0DisablesTheHeartbeat() {
    var tunables = new EngineTunables(0, 7500, 1, 100);
    var config = CoreConfig.tigerLake(Scheduling.CORE).with(Engine.RCS0, tunables);
    try (var machine = new Machine(config)) {
      machine.runWhateverHappens(
          () -> {
            CoreRequest request = machine.client(Engine.RCS0, "hang").hang();
            machine.await(request, 60_000);
            assertFalse(request.completed());
          });
      assertEquals(List.of(), machine.health.texts("heartbeat"));
    }
  }

  @Test
  void anEngineParksOnTheContextOfTheKernel() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            machine.client(Engine.RCS0, "app").store(1);
            machine.sleepMillis(10);
          });
      List<String> completed = machine.health.texts("completed");
      assertTrue(completed.getLast().startsWith("rcs0:1:"), completed.toString());
      assertEquals("parked", machine.health.texts("gt").getLast());
    }
  }

  @Test
  void aCoreThatWasUnloadedCanBeLoadedAgain() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            machine.client(Engine.RCS0, "app").store(1);
            machine.core.unload();
            assertEquals(1, machine.completed.size());
            machine.core.load();
            long target = machine.client(Engine.BCS0, "app").store(2);
            machine.sleepMillis(1);
            assertEquals(2, machine.core.memory().read32(target));
          });
    }
  }

  @Test
  void unloadingGivesUpWhatDoesNotEnd() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            CoreRequest request = machine.client(Engine.RCS0, "hang").hang();
            machine.sleepMillis(1);
            machine.core.unload();
            assertEquals(EIO, request.error());
            machine.core.load();
            long target = machine.client(Engine.RCS0, "app").store(2);
            machine.sleepMillis(1);
            assertEquals(2, machine.core.memory().read32(target));
          });
    }
  }

  @Test
  void theMemoryOfADestroyedContextIsUsedAgain() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            var first = machine.client(Engine.RCS0, "app");
            first.store(1);
            machine.sleepMillis(10);
            long before = machine.core.memory().allocatePages(1);
            first.context.destroy();
            long target = machine.client(Engine.RCS0, "next").store(2);
            machine.sleepMillis(1);
            assertEquals(2, machine.core.memory().read32(target));
            // Page tables and the batch of the new client, but no image and no ring.
            assertTrue(machine.core.memory().allocatePages(1) - before < 10 * 4096);
          });
    }
  }

  @Test
  void twoRunsAreTheSame() {
    assertEquals(run(), run());
  }

  private static List<HealthLog.Entry> run() {
    try (var machine = machine(Scheduling.CORE)) {
      machine.run(
          () -> {
            CoreRequest guilty = machine.client(Engine.RCS0, "hang").hang();
            machine.client(Engine.RCS0, "good").store(7);
            machine.client(Engine.BCS0, "copy").store(8);
            machine.await(guilty, 60_000);
          });
      return machine.health.entries();
    }
  }
}

package dev.systole.driver.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.CoreRequest;
import dev.systole.driver.core.Scheduling;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.Engine;
import dev.systole.spec.gen12.GtRegisters;
import dev.systole.spec.gen12.RingRegisters;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What happens when the hardware does not obey a reset (i915-kernel.md 3.2, 3.3, 3.5). */
class ResetFailureTest {
  private static final int EIO = -5;
  private static final CoreConfig CONFIG = CoreConfig.tigerLake(Scheduling.CORE);

  /** GDRST keeps the bits of these domains and does nothing about them. */
  private static UnaryOperator<PciFunction> stuckDomains(int domains) {
    return function -> {
      var stuck = new AtomicInteger();
      return Tampering.with(
          function,
          (offset, value) -> offset == GtRegisters.GDRST ? value | stuck.get() : value,
          (offset, value) -> {
            if (offset == GtRegisters.GDRST) stuck.set(value & domains);
            return offset != GtRegisters.GDRST || stuck.get() == 0;
          });
    };
  }

  /** The render engine never says that it is ready for a reset. */
  private static PciFunction neverReady(PciFunction function) {
    int control = Engine.RCS0.mmioBase() + RingRegisters.RING_RESET_CTL;
    return Tampering.with(
        function,
        (offset, value) ->
            offset == control ? value & ~RingRegisters.RING_RESET_CTL_READY_TO_RESET : value,
        (offset, value) -> true);
  }

  @Test
  void whenTheEngineDoesNotObeyTheHeartbeatResetsTheGt() {
    try (var machine = new Machine(CONFIG, stuckDomains(GtRegisters.GDRST_RENDER))) {
      machine.run(
          () -> {
            var hang = machine.client(Engine.RCS0, "hang");
            CoreRequest request = hang.hang();
            machine.await(request, 90_000);
            assertEquals(EIO, request.error());
            long target = machine.client(Engine.RCS0, "good").store(3);
            machine.sleepMillis(10);
            assertEquals(3, machine.core.memory().read32(target));
          });
      assertTrue(machine.health.texts("reset").contains("rcs0 failed"));
      assertEquals(
          List.of("begun: stopped heartbeat on rcs0", "ok"), machine.health.texts("gt reset"));
      assertEquals(List.of("ERROR=1", "RESET=1", "ERROR=0"), machine.health.texts("uevent"));
      assertTrue(
          machine
              .health
              .texts("dmesg")
              .contains(
                  "<5> i915 0000:00:02.0: [drm] GT0: Resetting chip for stopped heartbeat on rcs0"));
    }
  }

  @Test
  void anEngineThatIsNotReadyIsResetByTheSecondTryOfTheGt() {
    try (var machine = new Machine(CONFIG, ResetFailureTest::neverReady)) {
      machine.run(
          () -> {
            CoreRequest request = machine.client(Engine.RCS0, "hang").hang();
            machine.await(request, 90_000);
            assertEquals(EIO, request.error());
          });
      assertEquals(
          List.of("begun: stopped heartbeat on rcs0", "ok"), machine.health.texts("gt reset"));
      assertTrue(
          machine.health.texts("dmesg").stream()
              .anyMatch(
                  line ->
                      line.contains(
                          "rcs0 reset request timed out: {request: 00000001, RESET_CTL:")));
    }
  }

  @Test
  void whenNothingHelpsTheGpuIsWedgedAndEveryRequestFails() {
    try (var machine = new Machine(CONFIG, stuckDomains(~0))) {
      machine.runWhateverHappens(
          () -> {
            CoreRequest request = machine.client(Engine.RCS0, "hang").hang();
            var other = machine.client(Engine.RCS0, "good");
            other.store(3);
            machine.await(request, 90_000);
            assertTrue(machine.core.wedged());
            assertEquals(2, machine.completed.size());
            other.store(4);
            assertEquals(3, machine.completed.size());
            machine.completed.forEach(each -> assertEquals(EIO, each.error()));
          });
      assertEquals(List.of("true"), machine.health.texts("wedged"));
      assertEquals(
          List.of("ERROR=1", "RESET=1", "WEDGED=rebind,bus-reset"), machine.health.texts("uevent"));
    }
  }
}

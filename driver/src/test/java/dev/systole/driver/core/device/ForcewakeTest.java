package dev.systole.driver.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.DeviceException;
import dev.systole.driver.core.Scheduling;
import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import org.junit.jupiter.api.Test;

/** Power wells are awake while their registers are touched (i915-kernel.md 5.4). */
class ForcewakeTest {
  private static final CoreConfig CONFIG = CoreConfig.tigerLake(Scheduling.CORE);

  @Test
  void wellsSleepSoonAfterTheLastAccess() {
    try (var machine = new Machine(CONFIG)) {
      machine.run(
          () -> {
            machine.client(Engine.RCS0, "app").store(1);
            machine.sleepMillis(10);
            for (var well : new ForcewakeDomain[] {ForcewakeDomain.RENDER, ForcewakeDomain.GT}) {
              assertEquals(0, machine.gpu.readRegister(well.ackRegister()) & 1, well.name());
            }
          });
    }
  }

  @Test
  void aWellThatDoesNotWakeIsLoggedAndTheDeviceIsRefused() {
    int ack = ForcewakeDomain.RENDER.ackRegister();
    try (var machine =
        new Machine(
            CONFIG,
            function ->
                Tampering.with(
                    function,
                    (offset, value) -> offset == ack ? 0 : value,
                    (offset, value) -> offset != ForcewakeDomain.RENDER.requestRegister()))) {
      var thrown = assertThrows(DeviceException.class, () -> machine.run(() -> {}));
      assertEquals("rcs0 does not run its first request", thrown.getMessage());
      assertTrue(
          machine
              .health
              .texts("dmesg")
              .contains(
                  "<3> i915 0000:00:02.0: [drm] render: timed out waiting for forcewake ack request."));
    }
  }

  @Test
  void aForeignDeviceIsRefused() {
    try (var machine =
        new Machine(
            CONFIG, function -> Tampering.withConfig(function, (offset, value) -> 0x1234))) {
      var thrown = assertThrows(DeviceException.class, () -> machine.run(() -> {}));
      assertEquals("1234:1234 is not a Tiger Lake GPU", thrown.getMessage());
    }
  }
}

package dev.systole.driver.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.CoreRequest;
import dev.systole.driver.core.Scheduling;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of the hardware, answered by the recovery code. */
class InjectedFaultTest {
  private static final int EIO = -5;

  static Stream<Arguments> faults() {
    return Stream.of(Scheduling.values())
        .flatMap(
            scheduling ->
                Stream.of(Engine.RCS0, Engine.BCS0)
                    .flatMap(
                        engine ->
                            Stream.of("loop", "stop")
                                .map(kind -> Arguments.of(scheduling, engine, kind))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theThirdRequestHangsAndTheOthersComplete(Scheduling scheduling, Engine engine, String kind) {
    String fault = kind + "@" + engine + ":request=3";
    try (var machine = new Machine(CoreConfig.tigerLake(scheduling), fault)) {
      machine.run(
          () -> {
            var client = machine.client(engine, "app");
            for (int i = 0; i < 5; i++) client.store(i);
            for (int i = 0; i < 60 && machine.completed.size() < 5; i++) machine.sleepMillis(1_000);
          });
      assertEquals(
          List.of(0, 0, EIO, 0, 0), machine.completed.stream().map(CoreRequest::error).toList());
      assertEquals(List.of(engine + ":5:6"), machine.health.texts("preempt"));
      assertEquals(
          List.of(engine + " begun: preemption time out", engine + " ok"),
          machine.health.texts("reset"));
    }
  }

  @Test
  void whereALiteRestoreWaitsForAnArbitrationPointTheFirstHeartbeatStartsThePreemptTimeout() {
    try (var machine =
        new Machine(
            CoreConfig.tigerLake(Scheduling.CORE), Platform.TGL.withLiteRestoreAtOnce(false))) {
      machine.run(() -> machine.await(machine.client(Engine.RCS0, "hang").hang(), 60_000));
      long emitted = machine.health.entries("heartbeat").getFirst().millis();
      long reset = machine.health.entries("reset").getFirst().millis();
      assertTrue(reset - emitted >= 7_500 && reset - emitted < 7_510, reset - emitted + " ms");
    }
  }
}

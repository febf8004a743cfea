package dev.systole.driver.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.CoreRequest;
import dev.systole.driver.core.Scheduling;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random work of several clients on both engines, with hangs among it. */
class RandomLoadTest {
  private static final int CLIENTS = 5;
  private static final int STEPS = 60;
  private static final int EIO = -5;

  static Stream<Arguments> runs() {
    return Stream.of(Scheduling.values())
        .flatMap(
            scheduling ->
                new Random(20260101).longs(10).mapToObj(seed -> Arguments.of(scheduling, seed)));
  }

  /** What a client asked for, and where the result will be. */
  private record Store(long target, int value) {}

  @ParameterizedTest
  @MethodSource("runs")
  void everyRequestCompletesOnceAndOnlyHangsFail(Scheduling scheduling, long seed) {
    try (var machine = new Machine(CoreConfig.tigerLake(scheduling))) {
      var hangs = new HashSet<CoreRequest>();
      var stores = new ArrayList<Store>();
      machine.run(() -> load(machine, new Random(seed), hangs, stores));
      String run = scheduling + ", seed " + seed;
      assertEquals(new HashSet<>(machine.completed).size(), machine.completed.size(), run);
      assertEquals(stores.size() + hangs.size(), machine.completed.size(), run);
      for (CoreRequest request : machine.completed) {
        boolean mayFail = hangs.contains(request) || request.context().inError();
        assertTrue(request.error() == 0 || request.error() == EIO && mayFail, run);
        assertTrue(!hangs.contains(request) || request.error() == EIO, run);
      }
      for (Store store : stores) {
        int value = machine.core.memory().read32(store.target());
        assertTrue(value == store.value() || !machine.health.texts("banned").isEmpty(), run);
      }
    }
  }

  private static void load(
      Machine machine, Random random, HashSet<CoreRequest> hangs, List<Store> stores) {
    var clients = new ArrayList<Machine.Client>();
    for (int i = 0; i < CLIENTS; i++) {
      Engine engine = random.nextBoolean() ? Engine.RCS0 : Engine.BCS0;
      clients.add(machine.client(engine, "client" + i, random.nextInt(-10, 10)));
    }
    for (int step = 0; step < STEPS; step++) {
      var client = clients.get(random.nextInt(CLIENTS));
      if (random.nextInt(20) == 0) {
        hangs.add(client.hang());
      } else {
        stores.add(new Store(client.store(step + 1), step + 1));
      }
      if (random.nextInt(3) == 0) machine.sleepMillis(random.nextInt(1_000));
    }
    int requests = stores.size() + hangs.size();
    for (int i = 0; i < 300 && machine.completed.size() < requests; i++) {
      machine.sleepMillis(1_000);
    }
  }
}

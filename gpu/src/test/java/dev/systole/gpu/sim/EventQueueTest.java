package dev.systole.gpu.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
  private record Event(long time, int target, int argument) {}

  private final EventQueue queue = new EventQueue();

  @Test
  void eventsOfOneTimeComeInTheOrderInWhichTheyWereScheduled() {
    for (int i = 0; i < 100; i++) queue.schedule(5, i % 3, i);
    for (int i = 0; i < 100; i++) assertEquals(i, EventQueue.argument(queue.take()));
    assertEquals(Long.MAX_VALUE, queue.firstNanos());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyMixOfSchedulingTakingAndCancellingKeepsTheOrder(long seed) {
    var random = new Random(seed);
    List<Event> expected = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 5000; i++) {
      int what = random.nextInt(10);
      if (what < 5) {
        var event =
            new Event(
                now + random.nextInt(1 << random.nextInt(20)),
                random.nextInt(6),
                random.nextInt(3) - 1);
        queue.schedule(event.time(), event.target(), event.argument());
        expected.add(event);
      } else if (what < 9 && !expected.isEmpty()) {
        expected.sort(Comparator.comparingLong(Event::time));
        var first = expected.removeFirst();
        now = queue.firstNanos();
        long taken = queue.take();
        assertEquals(first, new Event(now, EventQueue.target(taken), EventQueue.argument(taken)));
      } else if (random.nextInt(20) == 0) {
        int target = random.nextInt(6);
        queue.cancel(target);
        expected.removeIf(event -> event.target() == target);
      }
      assertEquals(expected.size(), queue.size(), "seed " + seed);
    }
  }

  @Test
  void savedQueueIsTakenInTheSameOrder() {
    var random = new Random(9);
    for (int i = 0; i < 200; i++) queue.schedule(random.nextInt(20), i, -i);
    var bytes = new StateBytes();
    queue.save(bytes);
    var copy = new EventQueue();
    copy.restore(new StateSource(bytes.toByteArray()), 0, (target, argument) -> true);
    var again = new StateBytes();
    copy.save(again);
    assertArrayEquals(bytes.toByteArray(), again.toByteArray());
    while (queue.size() > 0) {
      assertEquals(queue.firstNanos(), copy.firstNanos());
      assertEquals(queue.take(), copy.take());
    }
  }
}

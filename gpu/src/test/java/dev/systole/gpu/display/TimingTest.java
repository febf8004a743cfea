package dev.systole.gpu.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimingTest {
  private static final long YEAR_NANOS = 31_536_000_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aLineBeginsWhenItWasSaidToBegin(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      Timing timing = random(random);
      long now = timing.startNanos() + random.nextLong(YEAR_NANOS);
      int line = random.nextInt(timing.totalHeight());
      long next = timing.nextNanos(line, now);
      String message = timing + ", line " + line + " after " + now + ", seed " + seed;
      assertTrue(next > now, message);
      assertEquals(line, timing.line(next), message);
      int before = (line + timing.totalHeight() - 1) % timing.totalHeight();
      assertEquals(before, timing.line(next - 1), message);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void framesAreCountedWhenTheirBlankBegins(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      Timing timing = random(random);
      long now = timing.startNanos() + random.nextLong(YEAR_NANOS);
      long frames = timing.frames(now);
      long next = timing.nextNanos(timing.blankStart(), now);
      String message = timing + " after " + now + ", seed " + seed;
      assertEquals(frames, timing.frames(next - 1), message);
      assertEquals(frames + 1, timing.frames(next), message);
      assertEquals(next, timing.blankNanos(frames + 1), message);
    }
  }

  @Test
  void beforeItsStartNothingWasSwept() {
    var timing = new Timing(5_000_000, 148_500, 64, 48, 80, 60, 48, 50);
    assertEquals(0, timing.frames(0));
    assertEquals(0, timing.line(0));
  }

  @Test
  void whatIsTooLargeIsNotPossible() {
    assertTrue(new Timing(0, 148_500, 5120, 4320, 6000, 4400, 4320, 4330).possible());
    assertFalse(new Timing(0, 148_500, 5121, 4320, 6000, 4400, 4320, 4330).possible());
    assertFalse(new Timing(0, 148_500, 5120, 4321, 6000, 4400, 4321, 4330).possible());
    assertFalse(new Timing(0, 148_500, 64, 48, 60, 60, 48, 50).possible());
    assertFalse(new Timing(0, 148_500, 64, 48, 80, 60, 60, 50).possible());
    assertFalse(new Timing(0, 1_305_601, 64, 48, 80, 60, 48, 50).possible());
  }

  private static Timing random(Random random) {
    int width = 100 + random.nextInt(5000);
    int height = 10 + random.nextInt(4000);
    return new Timing(
        random.nextLong(1_000_000_000_000L),
        5_000 + random.nextInt(1_300_000),
        width,
        height,
        width + random.nextInt(1000),
        height + 2 + random.nextInt(100),
        height,
        height + 1);
  }
}

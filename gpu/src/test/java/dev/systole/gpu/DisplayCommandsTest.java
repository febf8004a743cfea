package dev.systole.gpu;

import static dev.systole.gpu.DisplayFixture.FULL_HD;
import static dev.systole.gpu.DisplayFixture.PIPE_BYTES;
import static dev.systole.gpu.DisplayFixture.plane;
import static dev.systole.spec.gen12.DisplayRegisters.*;
import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.RING_CTL;
import static dev.systole.spec.gen12.RingRegisters.RING_CTL_WAIT_EVENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MI_DISPLAY_FLIP, MI_WAIT_FOR_EVENT and its like (gen12-commands.md part 2). */
class DisplayCommandsTest {
  private static final long LINE_NANOS = 2200L * 1_000_000 / DisplayFixture.PIXEL_CLOCK_KHZ;

  private final DisplayFixture display = new DisplayFixture();
  private final GpuFixture device = display.device;
  private final TestContext context = device.context(Engine.RCS0);
  private final long done = device.allocate(1);

  /** Runs commands in the ring; {@link #done} tells when they are through. */
  private void run(int... commands) {
    context.emit(commands);
    if (commands.length % 2 != 0) context.emit(MI_NOOP);
    context.emit(MI_STORE_DATA_IMM | 1 << 22 | 2, device.mapGgtt(done, 1), 0, 1);
    device.submit(context);
    device.runFor(5 * LINE_NANOS);
  }

  private boolean isDone() {
    return device.load(done) == 1;
  }

  private void assertWaiting() {
    assertEquals(0, device.load(done));
    assertEquals(RING_CTL_WAIT_EVENT, device.read(Engine.RCS0, RING_CTL) & RING_CTL_WAIT_EVENT);
  }

  private void runToLine(int pipe, int line) {
    int now = display.read(PIPEDSL + pipe * PIPE_BYTES);
    device.runFor((line - now + 1125) % 1125 * LINE_NANOS);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 11", "2, 21"})
  void anEngineWaitsForTheVerticalBlank(int pipe, int bit) {
    display.start(pipe, FULL_HD);
    run(MI_WAIT_FOR_EVENT | 1 << bit);
    assertWaiting();
    runToLine(pipe, 1075);
    assertWaiting();
    runToLine(pipe, 1085);
    assertTrue(isDone());
    assertEquals(Long.MAX_VALUE, device.gpu.nextEventNanos(), "nobody waits any more");
  }

  @Test
  void aPipeThatIsOffIsWaitedForUntilItRuns() {
    run(MI_WAIT_FOR_EVENT_2 | 2 << MI_WAIT_FOR_EVENT_2_PIPE_VERTICAL_BLANK_WAIT_SHIFT);
    device.runMillis(100);
    assertWaiting();
    display.start(1, FULL_HD);
    device.runMillis(17);
    assertTrue(isDone());
  }

  @Test
  void waitingForNothingIsNoWait() {
    run(MI_WAIT_FOR_EVENT, MI_WAIT_FOR_EVENT_2);
    assertTrue(isDone());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 1", "1, 1, 0, 9", "4, 0, 1, 2", "7, 0, 2, 6", "8, 1, 2, 7"})
  void aFlipWaitsForTheBlankAndTheEngineForIt(int code, int pipe, int plane, int bit) {
    int red = display.filled(0xff0000);
    int green = display.filled(0x00ff00);
    display.setUpPlane(pipe, plane, PLANE_CTL_FORMAT_XRGB_8888, 9, 64, 48);
    display.write(PLANE_SURF + plane(pipe, plane), red);
    display.start(pipe, FULL_HD);
    run(
        MI_DISPLAY_FLIP | 1 | code << MI_DISPLAY_FLIP_DISPLAY_PLANE_SELECT_SHIFT,
        4 << MI_DISPLAY_FLIP_DISPLAY_BUFFER_PITCH_SHIFT,
        green,
        MI_WAIT_FOR_EVENT | 1 << bit);
    assertWaiting();
    assertEquals(red, display.read(PLANE_SURFLIVE + plane(pipe, plane)));
    runToLine(pipe, 1085);
    assertTrue(isDone());
    assertEquals(green, display.read(PLANE_SURFLIVE + plane(pipe, plane)));
    assertEquals(0xff00ff00, display.pixel(pipe, 63, 40));
  }

  @ParameterizedTest
  @CsvSource({"13, 3, 0", "19, 3, 6", "20, 0, 4", "28, 2, 6"})
  void theOtherPlanesHaveChosenNumbers(int number, int pipe, int plane) {
    int red = display.filled(0xff0000);
    int green = display.filled(0x00ff00);
    display.setUpPlane(pipe, plane, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
    display.write(PLANE_SURF + plane(pipe, plane), red);
    display.start(pipe, FULL_HD);
    run(
        MI_DISPLAY_FLIP | 1 | number << MI_DISPLAY_FLIP_DISPLAY_PLANE_SELECT_SHIFT,
        4 << MI_DISPLAY_FLIP_DISPLAY_BUFFER_PITCH_SHIFT,
        green,
        MI_WAIT_FOR_EVENT_2 | number);
    assertWaiting();
    runToLine(pipe, 1085);
    assertTrue(isDone());
    assertEquals(green, display.read(PLANE_SURFLIVE + plane(pipe, plane)));
  }

  @Test
  void anAsynchronousFlipIsNotWaitedFor() {
    int red = display.filled(0xff0000);
    int green = display.filled(0x00ff00);
    display.showRows(0, red);
    display.start(0, FULL_HD);
    run(
        MI_DISPLAY_FLIP | MI_DISPLAY_FLIP_ASYNC_FLIP_INDICATOR | 1,
        0,
        green | 1,
        MI_WAIT_FOR_EVENT_2 | 1);
    assertTrue(isDone());
    assertEquals(0xff00ff00, display.pixel(0, 63, 40));
  }

  @Test
  void aBatchOfAnApplicationDoesNotFlip() {
    int red = display.filled(0xff0000);
    display.showRows(0, red);
    display.start(0, FULL_HD);
    context.emitBatch(context.batch(MI_DISPLAY_FLIP | 1, 0, 0x5000_0000));
    run(MI_NOOP);
    device.runMillis(17);
    assertEquals(red, display.read(PLANE_SURFLIVE));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 1, 8", "4, 2, 14"})
  void anEngineWaitsUntilTheScanLineIsInsideOfAWindow(int select, int pipe, int bit) {
    display.start(pipe, FULL_HD);
    run(
        MI_LOAD_SCAN_LINES_INCL | select << MI_LOAD_SCAN_LINES_INCL_DISPLAY_PLANE_SELECT_SHIFT,
        300 << 16 | 400,
        MI_WAIT_FOR_EVENT | 1 << bit);
    assertWaiting();
    runToLine(pipe, 295);
    assertWaiting();
    runToLine(pipe, 305);
    assertTrue(isDone());
  }

  @Test
  void anEngineWaitsUntilTheScanLineIsOutsideOfAWindow() {
    display.start(0, FULL_HD);
    run(MI_LOAD_SCAN_LINES_EXCL, 0 << 16 | 400, MI_WAIT_FOR_EVENT_2 | 1 << 12);
    assertWaiting();
    runToLine(0, 395);
    assertWaiting();
    runToLine(0, 405);
    assertTrue(isDone());
  }

  @Test
  void aWaitingContextGivesWay() {
    var other = device.context(Engine.RCS0);
    run(MI_ARB_ON_OFF | 1, MI_WAIT_FOR_EVENT | 1 << 3);
    assertWaiting();
    long otherDone = device.allocate(1);
    other.emit(MI_STORE_DATA_IMM | 1 << 22 | 2, device.mapGgtt(otherDone, 1), 0, 7);
    device.submit(other);
    device.runMillis(1);
    assertEquals(7, device.load(otherDone));
  }
}

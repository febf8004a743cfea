package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gen12-commands.md part 2, 1c: a wait gives the engine away unless that is inhibited. */
class SynchronousSwitchTest {
  private static final int WAIT_SIGNAL_MODE = 0x0e404003;
  private static final int WAIT_POLLING = 0x0e40c003;
  private static final int NOT_INHIBITED = 0x00090001;

  private final GpuFixture fixture = new GpuFixture();
  private final long bus = fixture.allocate(1);
  private final int semaphore = fixture.mapGgtt(bus, 1);

  private TestContext waiting(Engine engine, int header) {
    var context = fixture.context(engine);
    context.setState(OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, NOT_INHIBITED);
    return context.emit(header, 1, semaphore, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"RCS0", "BCS0", "VCS0", "VECS0"})
  void unsatisfiedSemaphoreGivesTheEngineToTheNextElement(Engine engine) {
    var waiter = waiting(engine, WAIT_SIGNAL_MODE);
    fixture.submit(waiter, fixture.context(engine).emit(0, 0));
    fixture.runMillis(1);
    assertEquals(
        List.of("00008001 03ff8000", "00010000 00008004", "03ff8000 00010000"),
        fixture.events(engine));
    assertFalse(fixture.gpu.busy());
    fixture.store(bus, 1);
    fixture.submit(waiter);
    fixture.runMillis(1);
    assertEquals("03ff8000 00008000", fixture.events(engine).getLast());
    assertEquals(waiter.tail(), fixture.read(engine, RING_HEAD));
  }

  @Test
  void satisfiedSemaphoreKeepsTheEngine() {
    fixture.store(bus, 1);
    fixture.submit(waiting(Engine.RCS0, WAIT_SIGNAL_MODE));
    fixture.runMillis(1);
    assertEquals(List.of("00008001 03ff8000", "03ff8000 00008000"), fixture.events(Engine.RCS0));
  }

  @Test
  void polledSemaphoreKeepsTheEngine() {
    fixture.submit(waiting(Engine.RCS0, WAIT_POLLING), fixture.context(Engine.RCS0).emit(0, 0));
    fixture.runMillis(1);
    assertEquals(1, fixture.events(Engine.RCS0).size());
    assertEquals(
        RING_CTL_WAIT_SEMAPHORE, fixture.read(Engine.RCS0, RING_CTL) & RING_CTL_WAIT_SEMAPHORE);
  }

  @Test
  void inhibitedTheContextStaysAndInterruptsOnce() {
    var context = fixture.context(Engine.RCS0).emit(WAIT_SIGNAL_MODE, 1, semaphore, 0, 0, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertTrue(fixture.serveInterrupts().contains("80000900"), "context switch and semaphore");
    fixture.store(bus, 7);
    fixture.runMillis(1);
    assertEquals(List.of(), fixture.serveInterrupts());
    assertTrue(fixture.gpu.busy());
  }

  @Test
  void withArbitrationOffTheContextStays() {
    var context = fixture.context(Engine.RCS0).emit(0x04000000, 0);
    context.setState(OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, NOT_INHIBITED);
    fixture.submit(context.emit(WAIT_SIGNAL_MODE, 1, semaphore, 0, 0, 0));
    fixture.runMillis(1);
    assertTrue(fixture.gpu.busy());
  }

  @ParameterizedTest
  @CsvSource({"01800008, 2", "01800001, 3", "02000100, 2", "02001000, 3"})
  void waitsForTheDisplayTellWhatFor(String header, int detail) {
    var waiter = waiting(Engine.RCS0, Integer.parseInt(header, 16));
    fixture.submit(waiter);
    fixture.runMillis(1);
    assertEquals(
        List.of("00008001 03ff8000", "03ff8000 0000800" + detail), fixture.events(Engine.RCS0));
  }
}

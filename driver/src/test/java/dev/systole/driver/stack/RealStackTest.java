package dev.systole.driver.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.app.DeviceState;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.umd.BlitCommands;
import dev.systole.driver.umd.DeviceRemovedException;
import dev.systole.driver.umd.Surface;
import dev.systole.driver.umd.TrianglePipeline;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain of the reference on the whole stack, down to the simulated GPU. */
class RealStackTest {
  @Test
  void newGraphicsMemoryIsZeroAndABlitterFillsAndCopiesPixels() {
    var machine =
        new WindowsMachine()
            .application(
                "blit",
                device -> {
                  var context = device.createContext(EngineClass.COPY);
                  Surface from = Surface.create(device, 100, 50);
                  Surface to = Surface.create(device, 64, 64);
                  assertEquals(0, from.pixel(3, 3));
                  var commands = context.begin();
                  BlitCommands.fill(commands, from, 10, 5, 20, 20, 0xff112233);
                  BlitCommands.copy(commands, from, 10, 5, to, 1, 2, 10, 10);
                  BlitCommands.fastCopy(commands, from, 10, 5, to, 40, 40, 10, 10);
                  context.await(context.submit(commands));
                  assertEquals(0xff112233, from.pixel(10, 5));
                  assertEquals(0xff112233, from.pixel(29, 24));
                  assertEquals(0, from.pixel(30, 24));
                  assertEquals(0xff112233, to.pixel(1, 2));
                  assertEquals(0, to.pixel(0, 2));
                  assertEquals(0xff112233, to.pixel(49, 49));
                });

    assertInstanceOf(Cpu.Outcome.Finished.class, machine.run());
    assertTrue(machine.pagingOperations().contains("FillVirtual"));
  }

  @Test
  void contentWrittenBeforeResidencyIsTransferredAndSurvivesAnEviction() {
    var content = new byte[10_000];
    for (int i = 0; i < content.length; i++) content[i] = (byte) (i * 31);
    var machine =
        new WindowsMachine()
            .application(
                "upload",
                device -> {
                  var context = device.createContext(EngineClass.COPY);
                  var buffer = device.createBuffer(content);
                  assertArrayEquals(content, buffer.read(0, content.length));
                  buffer.evict();
                  device.createBuffer(1);
                  assertArrayEquals(content, buffer.read(0, content.length));
                  buffer.makeResident();
                  var commands = context.begin();
                  commands.storeDword(buffer.gpuAddress() + 8000, 0xcafe);
                  context.await(context.submit(commands));
                  assertEquals(0xcafe, buffer.read32(8000));
                  assertEquals(content[9_999], buffer.read(9_999, 1)[0]);
                  assertEquals(content[5_000], buffer.read(5_000, 1)[0]);
                });

    assertInstanceOf(Cpu.Outcome.Finished.class, machine.run());
    var operations = machine.pagingOperations();
    assertEquals(3, operations.stream().filter("TransferVirtual"::equals).count());
    assertTrue(operations.contains("UpdatePageTable"));
    assertTrue(operations.contains("FlushTlb"));
  }

  @Test
  void trianglesAreDrawnOnTheRenderEngine() {
    var machine =
        new WindowsMachine()
            .application(
                "triangle",
                device -> {
                  var context = device.createContext(EngineClass.RENDER);
                  Surface target = Surface.create(device, 256, 256);
                  var pipeline = new TrianglePipeline(device, target);
                  for (int frame = 0; frame < 10; frame++) {
                    var commands = context.begin();
                    pipeline.select(commands);
                    pipeline.draw(commands, 4);
                    pipeline.flush(commands);
                    context.submit(commands);
                  }
                  context.finish();
                });

    assertInstanceOf(Cpu.Outcome.Finished.class, machine.run());
  }

  @Test
  void theGuiltyOfAHangIsFoundByTheHeartbeatAndTheInnocentIsNotHarmed() {
    var states = new ArrayList<String>();
    var machine =
        new WindowsMachine("loop@rcs0:request=3")
            .application(
                "guilty",
                device -> {
                  var context = device.createContext(EngineClass.RENDER);
                  Surface target = Surface.create(device, 64, 64);
                  var pipeline = new TrianglePipeline(device, target);
                  assertThrows(
                      DeviceRemovedException.class,
                      () -> {
                        for (int frame = 0; frame < 8; frame++) {
                          var commands = context.begin();
                          pipeline.select(commands);
                          pipeline.draw(commands, 1);
                          context.await(context.submit(commands));
                        }
                      });
                  states.add("guilty " + device.state());
                })
            .application(
                "innocent",
                device -> {
                  var context = device.createContext(EngineClass.COPY);
                  Surface surface = Surface.create(device, 64, 64);
                  for (int i = 0; i < 20; i++) {
                    var commands = context.begin();
                    BlitCommands.fill(commands, surface, 0, 0, 64, 64, i);
                    context.await(context.submit(commands));
                    assertEquals(i, surface.pixel(63, 63));
                  }
                  states.add("innocent " + device.state());
                });

    assertInstanceOf(Cpu.Outcome.Finished.class, machine.run());
    assertEquals(List.of("innocent " + DeviceState.ACTIVE, "guilty " + DeviceState.HUNG), states);
    assertTrue(machine.health.stream().anyMatch(told -> told.startsWith("deviceError")));
    assertTrue(machine.health.stream().anyMatch(told -> told.startsWith("engineResetEnded")));
  }

  /** Two processes on one engine; the first hangs at its third frame while the other has work. */
  private static WindowsMachine twoOnRender(List<String> states) {
    var machine = new WindowsMachine("loop@rcs0:request=6");
    for (String name : List.of("one", "two")) {
      machine.application(
          name,
          device -> {
            var context = device.createContext(EngineClass.RENDER);
            Surface target = Surface.create(device, 64, 64);
            var pipeline = new TrianglePipeline(device, target);
            var counter = device.createBuffer(4096);
            int done = 0;
            try {
              for (int frame = 1; frame <= 8; frame++) {
                var commands = context.begin();
                pipeline.select(commands);
                pipeline.draw(commands, 1);
                pipeline.flush(commands);
                commands.storeDword(counter.gpuAddress(), frame);
                context.await(context.submit(commands));
                done = counter.read32(0);
              }
            } catch (DeviceRemovedException e) {
              done = -done;
            }
            states.add(device.state() + " " + done);
          });
    }
    return machine;
  }

  @Test
  void workOfAnInnocentOnTheSameEngineIsDoneAfterTheReset() {
    var states = new ArrayList<String>();

    assertInstanceOf(Cpu.Outcome.Finished.class, twoOnRender(states).run());

    assertEquals(1, states.stream().filter(state -> state.startsWith("HUNG -")).count());
    assertTrue(states.contains("ACTIVE 8"), () -> "the innocent did not finish: " + states);
  }

  @Test
  void twoRunsAreTheSame() {
    var first = twoOnRender(new ArrayList<>());
    var second = twoOnRender(new ArrayList<>());

    first.run();
    second.run();

    assertEquals(first.fingerprint(), second.fingerprint());
  }

  @Test
  void aFenceThatTheGpuWritesReleasesWhoWaitsForIt() {
    var machine =
        new WindowsMachine()
            .application(
                "app",
                device -> {
                  var context = device.createContext(EngineClass.COPY);
                  var fence = device.createFence(0);
                  var commands = context.begin();
                  commands.storeDword(fence.gpuAddress(), 7).flush();
                  context.submit(commands);
                  fence.await(7);
                  assertEquals(7, fence.value());
                });

    assertInstanceOf(Cpu.Outcome.Finished.class, machine.run());
  }

  @Test
  void anApplicationThatSpinsOnAFenceThroughAHangOfSecondsComesToItsEnd() {
    var reads = new int[1];
    var machine =
        new WindowsMachine("loop@bcs0:request=9")
            .application(
                "spin",
                device -> {
                  var context = device.createContext(EngineClass.COPY);
                  Surface surface = Surface.create(device, 64, 64);
                  var commands = context.begin();
                  BlitCommands.fill(commands, surface, 0, 0, 64, 64, 1);
                  long submission = context.submit(commands);
                  while (context.fence().value() < submission) reads[0]++;
                });

    machine.run();

    assertTrue(machine.health.stream().anyMatch(told -> told.startsWith("engineResetEnded")));
    assertTrue(reads[0] > 1000 && reads[0] < 100_000, () -> reads[0] + " reads");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void pagingThatHangsIsDoneAgainInANewContext(int batch) {
    var machine =
        new WindowsMachine("loop@bcs0:request=" + batch)
            .application(
                "app",
                device -> {
                  var content = new byte[5000];
                  content[4999] = 42;
                  var context = device.createContext(EngineClass.RENDER);
                  var buffer = device.createBuffer(content);
                  var commands = context.begin();
                  commands.storeDword(buffer.gpuAddress(), 7);
                  context.await(context.submit(commands));
                  assertEquals(7, buffer.read32(0));
                  assertEquals(42, buffer.read(4999, 1)[0]);
                });

    assertInstanceOf(Cpu.Outcome.Finished.class, machine.run());
    assertTrue(machine.health.stream().anyMatch(told -> told.startsWith("engineResetEnded")));
  }

  @Test
  void moreSurfacesThanGraphicsMemoryHoldsKeepTheirContent() {
    int count = 10;
    int side = 700;
    var machine =
        new WindowsMachine()
            .application(
                "big",
                device -> {
                  var context = device.createContext(EngineClass.COPY);
                  var surfaces = new ArrayList<Surface>();
                  for (int i = 0; i < count; i++) {
                    surfaces.add(Surface.create(device, side, side));
                    var commands = context.begin();
                    BlitCommands.fill(commands, surfaces.get(i), 0, 0, side, side, i + 1);
                    context.await(context.submit(commands));
                    if (i % 2 == 0) surfaces.get(i).buffer().evict();
                  }
                  for (int i = 0; i < count; i++) {
                    assertEquals(i + 1, surfaces.get(i).pixel(side - 1, side - 1));
                    if (i % 2 == 0) surfaces.get(i).buffer().makeResident();
                  }
                  var commands = context.begin();
                  for (int i = 1; i < count; i++) {
                    BlitCommands.copy(
                        commands, surfaces.get(i), 9, 9, surfaces.getFirst(), i, 0, 1, 1);
                  }
                  context.await(context.submit(commands));
                  for (int i = 1; i < count; i++) {
                    assertEquals(i + 1, surfaces.getFirst().pixel(i, 0));
                  }
                });

    assertInstanceOf(Cpu.Outcome.Finished.class, machine.run());
  }

  @Test
  void aThreadThatWaitsForEverIsNamedWithItsFenceAndWhoShouldSignalIt() {
    var machine =
        new WindowsMachine()
            .application(
                "app",
                device -> {
                  var context = device.createContext(EngineClass.COPY);
                  var never = device.createFence(0);
                  context.waitFor(never, 1);
                  context.await(context.submit(context.begin()));
                });

    var stuck = assertInstanceOf(Cpu.Outcome.Stuck.class, machine.run());

    assertTrue(
        stuck.waiting().stream()
            .anyMatch(
                thread ->
                    thread
                        .waitingFor()
                        .equals(
                            "fence 1 of app[4096] to reach 1, signalled by a packet that is queued"
                                + " for node 1")),
        () -> stuck.waiting().stream().map(thread -> thread.waitingFor()).toList().toString());
  }
}

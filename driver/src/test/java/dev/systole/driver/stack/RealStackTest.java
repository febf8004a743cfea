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
}

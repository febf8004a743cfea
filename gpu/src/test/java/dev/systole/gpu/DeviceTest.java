package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** i915-kernel.md 5: what is around the engines. */
class DeviceTest {
  private final GpuFixture fixture = new GpuFixture();

  @Test
  void configurationSpaceNamesTheDeviceAndTellsTheSizeOfItsBars() {
    var gpu = fixture.gpu;
    assertEquals(0x9a49_8086, gpu.readConfig(0, 4));
    assertEquals(0x9a49, gpu.readConfig(2, 2));
    assertEquals(3, gpu.readConfig(0x0b, 1));
    gpu.writeConfig(0x10, 4, -1);
    gpu.writeConfig(0x14, 4, -1);
    assertEquals(-(16 << 20) | 4, gpu.readConfig(0x10, 4));
    assertEquals(-1, gpu.readConfig(0x14, 4));
    gpu.writeConfig(0, 4, 0);
    assertEquals(0x9a49_8086, gpu.readConfig(0, 4), "read only");
  }

  @Test
  void withoutMemoryDecodingRegistersReadOnes() {
    fixture.gpu.writeConfig(4, 2, 4);
    assertEquals(-1, fixture.read(GFX_MSTR_IRQ));
    fixture.gpu.writeConfig(4, 2, 6);
    assertEquals(GFX_MSTR_IRQ_MASTER_ENABLE, fixture.read(GFX_MSTR_IRQ));
  }

  @Test
  void offsetOutsideOfTheBarReadsOnes() {
    assertEquals(-1, fixture.read(16 << 20));
    assertEquals(-1, fixture.read(-4));
    assertEquals(-1L, fixture.gpu.readRegister64(16 << 20));
  }

  @Test
  void sleepingWellReadsZeroIgnoresWritesAndWakesWhenAsked() {
    var clock = new VirtualClock();
    var gpu = new Gpu(Platform.TGL, clock, FaultPlan.none(), (_, _) -> {});
    int instdone = 0x2000 + RING_INSTDONE;
    assertEquals(0, gpu.readRegister(instdone));
    gpu.writeRegister(0x2000 + RING_HWS_PGA, 0x1000);
    gpu.writeRegister(FORCEWAKE_RENDER, 0x10001);
    assertEquals(0, gpu.readRegister(FORCEWAKE_ACK_RENDER), "not yet");
    clock.charge(50_000);
    assertEquals(1, gpu.readRegister(FORCEWAKE_ACK_RENDER));
    assertEquals(0, gpu.readRegister(FORCEWAKE_RENDER), "it lies in the GT's well");
    gpu.writeRegister(FORCEWAKE_GT, 0x10001);
    clock.charge(50_000);
    assertEquals(0xffff0001, gpu.readRegister(FORCEWAKE_RENDER));
    assertEquals(0xfffffffe, gpu.readRegister(instdone), "never enabled");
    assertEquals(0, gpu.readRegister(0x2000 + RING_HWS_PGA));
    gpu.writeRegister(FORCEWAKE_RENDER, 0x10000);
    clock.charge(50_000);
    assertEquals(0, gpu.readRegister(instdone));
  }

  @Test
  void maskedInterruptIsLostAndOthersWaitForTheMaster() {
    fixture.write(GFX_MSTR_IRQ, 0);
    var context = fixture.context(Engine.RCS0).emit(0x01000000, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(List.of(), fixture.interrupts);
    assertEquals(GFX_MSTR_IRQ_GT_DW0, fixture.read(GFX_MSTR_IRQ));
    fixture.write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
    assertEquals(1, fixture.interrupts.size());
    fixture.serveInterrupts();
    fixture.write(Engine.RCS0, RING_IMR, -1);
    fixture.submit(context.emit(0x01000000, 0));
    fixture.runMillis(1);
    assertEquals(List.of(), fixture.serveInterrupts());
  }

  @Test
  void runToInterruptStopsAtTheInterruptsTime() {
    fixture.submit(fixture.context(Engine.RCS0).emit(0, 0));
    long start = fixture.clock.nowNanos();
    long time = fixture.gpu.runToInterrupt(start + 1_000_000);
    assertEquals(fixture.interrupts, List.of(time));
    assertTrue(time > start && time < start + 100_000);
    fixture.clock.advanceTo(time);
    fixture.serveInterrupts();
    assertTrue(fixture.gpu.runToInterrupt(start + 1_000_000) > time, "the next: idle");
  }

  @Test
  void slowerClockMakesWorkTakeLonger() {
    assertEquals(26 | 8 << 8 | 2 << 16, fixture.read(RP_STATE_CAP));
    long fast = timeOfWork();
    fixture.write(RPNSWREQ, 6 << 23);
    assertEquals(6 << 11, fixture.read(RPSTAT));
    long slow = timeOfWork();
    assertTrue(slow > 12 * fast, fast + " ns and " + slow + " ns");
  }

  private long timeOfWork() {
    fixture.submit(fixture.context(Engine.RCS0).emit(0x7b000005, 4, 100_000, 0, 1, 0, 0, 0));
    long start = fixture.clock.nowNanos();
    while (fixture.gpu.busy()) fixture.runFor(1_000);
    return fixture.clock.nowNanos() - start;
  }

  @Test
  void fullResetResetsEveryEngine() {
    for (Engine engine : Platform.TGL.engines()) {
      fixture.submit(fixture.context(engine).emit(0x0e40c003, 1, 0, 0, 0, 0));
    }
    fixture.runMillis(1);
    fixture.write(GDRST, GDRST_FULL);
    fixture.runMillis(1);
    for (Engine engine : Platform.TGL.engines()) {
      assertEquals(RING_MI_MODE_MODE_IDLE, fixture.read(engine, RING_MI_MODE));
      assertEquals(0, fixture.read(engine, RING_HWS_PGA));
    }
  }
}

package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** i915-kernel.md 3.2, 3.3: how engines are reset, and what survives. */
class ResetTest {
  private static final int REQUEST = 0x00010001;
  private static final int CANCEL = 0x00010000;
  private static final int CLEAR_CATASTROPHE = 0x00040004;

  private final GpuFixture fixture = new GpuFixture(Platform.DG2, FaultPlan.none());

  private void hang(Engine engine) {
    int never = fixture.mapGgtt(fixture.allocate(1), 1);
    fixture.submit(fixture.context(engine).emit(0x0e40c003, 0xdead, never, 0, 0, 0));
    fixture.runMillis(1);
  }

  /** The domains of 3.2; render's has the compute engine, too. */
  @ParameterizedTest
  @CsvSource({
    "1, RCS0 BCS0 VCS0 VCS1 VECS0 CCS0",
    "2, RCS0 CCS0",
    "4, BCS0",
    "20, VCS0",
    "80, VCS1",
    "2000, VECS0",
    "2080, VCS1 VECS0",
    "8, ''",
    "20000, ''",
  })
  void domainsOfGdrstResetTheirEnginesAndNoOthers(String domains, String engines) {
    for (Engine engine : Platform.DG2.engines()) fixture.write(engine, CS_GPR, 7);
    fixture.write(GDRST, Integer.parseInt(domains, 16));
    assertEquals(Integer.parseInt(domains, 16), fixture.read(GDRST), "until it is done");
    fixture.runMillis(1);
    assertEquals(0, fixture.read(GDRST));
    Set<Engine> reset = EnumSet.noneOf(Engine.class);
    for (Engine engine : Platform.DG2.engines()) {
      if (fixture.read(engine, CS_GPR) == 0) reset.add(engine);
    }
    Set<Engine> expected = EnumSet.noneOf(Engine.class);
    Stream.of(engines.split(" "))
        .filter(e -> !e.isEmpty())
        .map(Engine::valueOf)
        .forEach(expected::add);
    assertEquals(expected, reset);
  }

  @ParameterizedTest
  @EnumSource
  void hungEngineStopsGetsReadyIsResetAndWorksAgain(Engine engine) {
    hang(engine);
    fixture.write(engine, RING_MI_MODE, 0x01000100);
    assertEquals(0x300, fixture.read(engine, RING_MI_MODE), "stopped, and idle");
    fixture.write(engine, RING_RESET_CTL, REQUEST);
    assertEquals(1, fixture.read(engine, RING_RESET_CTL));
    fixture.runFor(10_000);
    assertEquals(3, fixture.read(engine, RING_RESET_CTL));
    fixture.write(GDRST, 1 << engine.resetDomainBit());
    fixture.runMillis(1);
    fixture.write(engine, RING_RESET_CTL, CANCEL);
    assertEquals(0, fixture.read(engine, RING_RESET_CTL));
    assertEquals(0, fixture.read(engine, RING_EXECLIST_STATUS_HI));
    fixture.setUp(engine);
    var context = fixture.context(engine).emit(0, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(context.tail(), fixture.read(engine, RING_HEAD));
  }

  @Test
  void cancelledRequestLetsTheEngineGoOn() {
    hang(Engine.VCS0);
    fixture.write(Engine.VCS0, RING_RESET_CTL, REQUEST);
    fixture.write(Engine.VCS0, RING_RESET_CTL, CANCEL);
    fixture.runMillis(1);
    assertEquals(0, fixture.read(Engine.VCS0, RING_RESET_CTL));
    int waits = fixture.read(Engine.VCS0, RING_CTL) & RING_CTL_WAIT_SEMAPHORE;
    assertEquals(RING_CTL_WAIT_SEMAPHORE, waits);
  }

  /** The error has to be cleared; the handshake is not possible, and not needed. */
  @Test
  void engineWithoutItsContextIsACatastropheThatKeepsItFromGettingReady() {
    fixture.submitDescriptor(Engine.BCS0, 0x7fff_0000 | 0x319);
    fixture.runMillis(1);
    assertEquals(4, fixture.read(Engine.BCS0, RING_RESET_CTL));
    assertEquals(RING_EIR_PAGE_TABLE_ERROR, fixture.read(Engine.BCS0, RING_ESR));
    fixture.write(Engine.BCS0, RING_RESET_CTL, REQUEST);
    fixture.runMillis(1);
    assertEquals(5, fixture.read(Engine.BCS0, RING_RESET_CTL), "never ready");
    fixture.write(Engine.BCS0, RING_RESET_CTL, CLEAR_CATASTROPHE);
    assertEquals(1, fixture.read(Engine.BCS0, RING_RESET_CTL));
    fixture.write(GDRST, GDRST_BLITTER);
    fixture.runMillis(1);
    fixture.write(Engine.BCS0, RING_RESET_CTL, CANCEL);
    fixture.setUp(Engine.BCS0);
    var context = fixture.context(Engine.BCS0).emit(0, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(context.tail(), fixture.read(Engine.BCS0, RING_HEAD));
  }

  @ParameterizedTest
  @CsvSource({"VCS0, 88c, 890, 2", "VCS1, 88c, 890, 2", "VECS0, 201c, 2018, 1"})
  void forcedLockOfTheScalerIsAcknowledgedAndEndsWithTheReset(
      Engine engine, String request, String answer, int acknowledge) {
    int forced = Integer.parseInt(request, 16);
    int status = Integer.parseInt(answer, 16);
    fixture.write(engine, forced, 1);
    assertEquals(acknowledge, fixture.read(engine, status));
    fixture.write(engine, forced, 0);
    assertEquals(0, fixture.read(engine, status));
    fixture.write(engine, forced, 1);
    fixture.write(GDRST, 1 << engine.resetDomainBit());
    fixture.runMillis(1);
    assertEquals(0, fixture.read(engine, forced));
    assertEquals(0, fixture.read(engine, status));
  }

  @Test
  void othersRunOnWhileOneEngineIsReset() {
    hang(Engine.RCS0);
    hang(Engine.VECS0);
    fixture.write(GDRST, GDRST_VEBOX_0);
    fixture.runMillis(1);
    assertEquals(0, fixture.read(Engine.VECS0, RING_EXECLIST_STATUS_HI));
    assertEquals(1 << 7, fixture.read(Engine.RCS0, RING_EXECLIST_STATUS_HI) & 0xffff);
  }

  @Test
  void renderResetLosesTheStateOfTheUnitsButNotOfTheGt() {
    fixture.write(COMMON_SLICE_CHICKEN1, 0x00400040);
    fixture.write(L3ALLOC, 0x1234);
    fixture.write(FENCE_REG, 0x5678);
    fixture.write(GDRST, GDRST_RENDER);
    fixture.runMillis(1);
    assertEquals(0, fixture.read(COMMON_SLICE_CHICKEN1));
    assertEquals(-1, fixture.read(SC_INSTDONE));
    assertEquals(0x1234, fixture.read(L3ALLOC));
    assertEquals(0x5678, fixture.read(FENCE_REG));
  }

  @Test
  void fullResetLosesFencesAndFaultsButNotInterruptsFrequencyForcewakeAndTheGgtt() {
    fixture.write(FENCE_REG, 0x5678);
    fixture.write(FAULT_REG, 1);
    fixture.write(RPNSWREQ, 24 << 23);
    int mask = fixture.read(RCS0_RSVD_INTR_MASK);
    int mapped = (8 << 20) + (fixture.read(Engine.RCS0, RING_HWS_PGA) >>> 12) * 8;
    int entry = fixture.read(mapped);
    fixture.write(GDRST, GDRST_FULL);
    fixture.runMillis(1);
    assertEquals(0, fixture.read(FENCE_REG));
    assertEquals(0, fixture.read(FAULT_REG));
    assertEquals(24, fixture.read(RPSTAT) >>> RPSTAT_CURRENT_FREQUENCY_SHIFT);
    assertEquals(mask, fixture.read(RCS0_RSVD_INTR_MASK));
    assertEquals(GFX_MSTR_IRQ_MASTER_ENABLE, fixture.read(GFX_MSTR_IRQ));
    assertEquals(1, fixture.read(FORCEWAKE_ACK_GT));
    assertEquals(entry, fixture.read(mapped));
  }

  @Test
  void resetForgetsTranslations() {
    hang(Engine.RCS0);
    fixture.write(GDRST, GDRST_RENDER);
    fixture.runMillis(1);
    fixture.setUp(Engine.RCS0);
    int page = fixture.read(Engine.RCS0, RING_HWS_PGA);
    fixture.submit(fixture.context(Engine.RCS0).emit(0, 0));
    fixture.runMillis(1);
    long elsewhere = fixture.allocate(1);
    fixture.gpu.writeRegister64((8 << 20) + (page >>> 12) * 8, elsewhere | 1);
    fixture.write(GDRST, GDRST_RENDER);
    fixture.runMillis(1);
    fixture.write(Engine.RCS0, RING_MODE, RING_MODE_DISABLE_LEGACY_MODE * 0x10001);
    fixture.write(Engine.RCS0, RING_HWS_PGA, page);
    fixture.submit(fixture.context(Engine.RCS0).emit(0, 0));
    fixture.runMillis(1);
    assertEquals(1, fixture.load(elsewhere + 0xbc), "the write index, at the new place");
  }
}

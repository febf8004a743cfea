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
import dev.systole.spec.ForcewakeDomain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** i915-kernel.md 5.4 and part 7, and D3. */
class PowerTest {
  private static final int WAKE = 0x10001;
  private static final int SLEEP = 0x10000;
  private static final int PMCSR = 0xd4;
  private static final int SPIN = 0x0e40c003;

  private final GpuFixture fixture = new GpuFixture();

  private void all(int request) {
    for (ForcewakeDomain domain : ForcewakeDomain.values()) {
      fixture.write(domain.requestRegister(), request);
    }
  }

  /** As gen11_rc6_enable sets it, but with the mode that {@code control} says. */
  private void enableRc6(int control) {
    fixture.write(RC_EVALUATION_INTERVAL, 125_000);
    fixture.write(RC_IDLE_HYSTERESIS, 25);
    fixture.write(RC6_THRESHOLD, 50_000);
    fixture.write(RC_CONTROL, control);
  }

  private void parkRc6() {
    fixture.write(RC_CONTROL, RC_CONTROL_RC6_ENABLE);
    fixture.write(RC_STATE, RC_STATE_SOFTWARE_TARGET_RC6);
    all(SLEEP);
    fixture.runFor(10_000);
  }

  // ---- forcewake

  @ParameterizedTest
  @CsvSource({
    "2000, RENDER",
    "26fc, RENDER",
    "2700, GT",
    "2800, RENDER",
    "b3fc, RENDER",
    "b400, GT",
    "22000, GT",
    "24a00, RENDER",
    "25600, VDBOX0",
    "25680, VDBOX2",
    "1c0000, VDBOX0",
    "1c4000, ",
    "1c8000, VEBOX0",
    "1cbffc, VEBOX0",
    "1cc000, VDBOX0",
    "1d0000, VDBOX2",
    "1a000, RENDER",
    "a090, GT",
    "8160, ",
    "138108, ",
    "190010, "
  })
  void registersLieInTheWellsOfTheTable(String offset, ForcewakeDomain well) {
    var found = ForcewakeDomain.of(Integer.parseInt(offset, 16));
    assertEquals(well, found.orElse(null));
  }

  @Test
  void mediaWellsSleepByThemselves() {
    int vcs0 = 0x1c0000 + RING_HWS_PGA;
    int vecs0 = 0x1c8000 + RING_HWS_PGA;
    fixture.write(vcs0, 0x1000);
    fixture.write(vecs0, 0x2000);
    fixture.write(ForcewakeDomain.VDBOX0.requestRegister(), SLEEP);
    fixture.runFor(10_000);
    assertEquals(0, fixture.read(vcs0));
    fixture.write(vcs0, 0x3000);
    assertEquals(0x2000, fixture.read(vecs0));
    fixture.write(ForcewakeDomain.VDBOX0.requestRegister(), WAKE);
    fixture.runFor(10_000);
    assertEquals(0x1000, fixture.read(vcs0), "the write was dropped");
  }

  @Test
  void eachBitOfARequestIsAClientOfItsOwnAndBit15TheFallback() {
    fixture.write(FORCEWAKE_RENDER, 0x80008000);
    fixture.runFor(10_000);
    assertEquals(0x8001, fixture.read(FORCEWAKE_ACK_RENDER));
    fixture.write(FORCEWAKE_RENDER, SLEEP);
    fixture.runFor(10_000);
    assertEquals(0x8000, fixture.read(FORCEWAKE_ACK_RENDER));
    assertEquals(-2, fixture.read(Engine.RCS0, RING_INSTDONE), "still awake");
  }

  // ---- RC6

  @Test
  void idleGtIsInRc6AndItsResidencyCountsIn1280Nanoseconds() {
    parkRc6();
    int before = fixture.read(RC6_RESIDENCY);
    assertEquals(0, fixture.read(RPSTAT), "asleep");
    fixture.runFor(1_280_000 - 200);
    assertEquals(before + 1000, fixture.read(RC6_RESIDENCY));
    assertEquals(0, fixture.read(RC6P_RESIDENCY));
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos(), "without events");
  }

  @Test
  void hardwareWaitsForAnIdleInterval() {
    enableRc6(RC_CONTROL_HARDWARE_ENABLE | RC_CONTROL_EI_MODE | RC_CONTROL_RC6_ENABLE);
    all(SLEEP);
    fixture.runMillis(159);
    assertEquals(0, fixture.read(RC6_RESIDENCY));
    fixture.runMillis(10);
    assertTrue(fixture.read(RC6_RESIDENCY) > 6_000, "an interval is 160 ms");
  }

  @Test
  void forcewakeWakesTheGtWhichTakesAWhile() {
    parkRc6();
    fixture.write(FORCEWAKE_GT, WAKE);
    fixture.runFor(40_000);
    assertEquals(0, fixture.read(FORCEWAKE_ACK_GT));
    int asleep = fixture.read(RC6_RESIDENCY);
    fixture.runFor(20_000);
    assertEquals(1, fixture.read(FORCEWAKE_ACK_GT));
    assertEquals(asleep, fixture.read(RC6_RESIDENCY));
  }

  @Test
  void submissionWakesTheGtAndItSleepsAgainWhenTheWorkIsDone() {
    var context = fixture.context(Engine.RCS0).emit(0, 0);
    parkRc6();
    fixture.submit(context);
    int start = fixture.read(RC6_RESIDENCY);
    fixture.runFor(40_000);
    assertEquals("00000000 00000000", fixture.events(Engine.RCS0).getFirst(), "not yet");
    fixture.runFor(40_000);
    assertEquals(2, fixture.events(Engine.RCS0).size(), "ran and went idle");
    fixture.runFor(1_280_000);
    int slept = fixture.read(RC6_RESIDENCY) - start;
    assertTrue(slept > 1000 && slept < 1040, "slept " + slept);
  }

  @Test
  void busyOrHeldGtDoesNotSleep() {
    enableRc6(RC_CONTROL_HARDWARE_ENABLE | RC_CONTROL_RC6_ENABLE);
    fixture.runMillis(10);
    assertEquals(0, fixture.read(RC6_RESIDENCY), "wells are held");
    fixture.submit(fixture.context(Engine.BCS0).emit(SPIN, 1, 0, 0, 0, 0));
    all(SLEEP);
    fixture.runMillis(10);
    assertEquals(0, fixture.read(RC6_RESIDENCY), "an engine waits");
  }

  // ---- frequency and energy

  @Test
  void upThresholdIsAnInterruptOfTheGtsPowerManager() {
    fixture.write(GPM_WGBOXPERF_INTR_ENABLE, PMINTRMSK_UP_THRESHOLD << 16);
    fixture.write(GPM_WGBOXPERF_INTR_MASK, ~(PMINTRMSK_UP_THRESHOLD << 16));
    fixture.write(RP_UP_EI, 1200);
    fixture.write(RP_UP_THRESHOLD, 1140);
    fixture.write(RP_CONTROL, RP_CONTROL_ENABLE | RP_CONTROL_UP_MODE_BUSY_AVG);
    fixture.submit(fixture.context(Engine.RCS0).emit(SPIN, 1, 0, 0, 0, 0));
    fixture.serveInterrupts();
    fixture.runFor(500_000);
    fixture.serveInterrupts();
    fixture.runFor(600_000);
    assertEquals(GT_INTR_DW0_GTPM, fixture.read(GT_INTR_DW0));
    assertEquals(List.of("80140020"), fixture.serveInterrupts(), "class 4, instance 1, bit 5");
  }

  @Test
  void energyDependsOnWhoIsBusyAndHowFast() {
    assertEquals(14 << 8, fixture.read(PACKAGE_POWER_SKU_UNIT));
    assertEquals(600, milliwatts(), "awake");
    fixture.submit(fixture.context(Engine.RCS0).emit(SPIN, 1, 0, 0, 0, 0));
    assertEquals(9_600, milliwatts(), "render at its highest frequency");
    fixture.write(RPNSWREQ, 39 << 23);
    assertEquals(2_850, milliwatts(), "a quarter of it at half the frequency");
    fixture.write(GDRST, GDRST_FULL);
    fixture.runMillis(1);
    parkRc6();
    assertEquals(30, milliwatts(), "in RC6");
  }

  private long milliwatts() {
    int before = fixture.read(MCH_SECP_NRG_STTS);
    fixture.runMillis(100_000);
    long used = Integer.toUnsignedLong(fixture.read(MCH_SECP_NRG_STTS) - before);
    return Math.round(used * 10.0 / (1 << 14));
  }

  // ---- D states

  @Test
  void inD3HotBarsReadOnesAndRegistersAreLost() {
    var gpu = fixture.gpu;
    long entry = gpu.readRegister64(0x800000 + 8 * 0x100);
    fixture.submit(fixture.context(Engine.RCS0).emit(SPIN, 1, 0, 0, 0, 0));
    fixture.runMillis(1);
    gpu.writeConfig(PMCSR, 2, 3);
    assertEquals(3, gpu.readConfig(PMCSR, 2));
    assertEquals(-1, fixture.read(GFX_MSTR_IRQ));
    fixture.write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
    assertEquals(Long.MAX_VALUE, gpu.nextEventNanos());
    fixture.runMillis(1);
    gpu.writeConfig(PMCSR, 2, 0);
    assertEquals(0, fixture.read(GFX_MSTR_IRQ));
    assertEquals(0, fixture.read(FORCEWAKE_ACK_RENDER));
    assertEquals(entry, gpu.readRegister64(0x800000 + 8 * 0x100), "the GGTT is in stolen memory");
    all(WAKE);
    fixture.runFor(10_000);
    assertEquals(0, fixture.read(Engine.RCS0, RING_HWS_PGA));
    assertEquals(RING_MI_MODE_MODE_IDLE, fixture.read(Engine.RCS0, RING_MI_MODE));
    assertEquals(-1, fixture.read(GPM_WGBOXPERF_INTR_MASK));
  }

  @Test
  void statesThatThereAreNotAreIgnored() {
    fixture.gpu.writeConfig(PMCSR, 2, 2);
    assertEquals(0, fixture.gpu.readConfig(PMCSR, 2));
    assertEquals(GFX_MSTR_IRQ_MASTER_ENABLE, fixture.read(GFX_MSTR_IRQ));
  }

  @Test
  void inD3ColdNothingAnswersAndAfterwardsAllIsAsAfterPowerOn() {
    var gpu = fixture.gpu;
    gpu.writeConfig(0x10, 4, 0x1000_0000);
    gpu.setPowered(false);
    assertEquals(-1, gpu.readConfig(0, 4));
    assertEquals(0xffff, gpu.readConfig(0, 2));
    assertEquals(-1, fixture.read(GFX_MSTR_IRQ));
    gpu.writeConfig(PMCSR, 2, 3);
    gpu.setPowered(true);
    var fresh = new Gpu(Platform.TGL, new VirtualClock(), FaultPlan.none(), (_, _) -> {});
    assertEquals(fresh.registersHash(), gpu.registersHash());
    assertEquals(fresh.readConfig(0x10, 4), gpu.readConfig(0x10, 4));
  }

  @Test
  void d3UsesNoEnergy() {
    fixture.gpu.writeConfig(PMCSR, 2, 3);
    fixture.runMillis(1);
    fixture.gpu.writeConfig(PMCSR, 2, 0);
    int before = fixture.read(MCH_SECP_NRG_STTS);
    fixture.gpu.writeConfig(PMCSR, 2, 3);
    fixture.runMillis(1_000_000);
    fixture.gpu.writeConfig(PMCSR, 2, 0);
    assertEquals(before, fixture.read(MCH_SECP_NRG_STTS));
  }
}

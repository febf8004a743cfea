package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** i915-kernel.md 5.2 and 5.5: the register block that every engine has. */
class EngineRegistersTest {
  private final GpuFixture fixture = new GpuFixture();

  @ParameterizedTest
  @EnumSource(names = "CCS0", mode = EnumSource.Mode.EXCLUDE)
  void afterPowerOnTheyAreAsOfAnEngineThatNeverRan(Engine engine) {
    assertEquals(INSTDONE_1_RING_ENABLE, ~fixture.read(engine, RING_INSTDONE));
    assertEquals(0, fixture.read(engine, RING_CTL));
    assertEquals(RING_MI_MODE_MODE_IDLE, fixture.read(engine, RING_MI_MODE));
    assertEquals(RING_MODE_DISABLE_LEGACY_MODE, fixture.read(engine, RING_MODE));
    assertEquals(-1, fixture.read(engine, RING_HWSTAM));
    assertEquals(0xfffffffe, fixture.read(engine, RING_EMR));
    assertEquals(0, fixture.read(engine, RING_EIR));
    assertEquals(0, fixture.read(engine, RING_ESR));
    assertEquals(0xb0b, fixture.read(engine, RING_CONTEXT_STATUS_PTR));
    assertEquals(0, fixture.read(engine, RING_EXECLIST_STATUS_HI));
    assertEquals(0, fixture.read(engine, RING_RESET_CTL));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        RING_PSMI_CTL,
        RING_INSTPM,
        RING_CMD_CCTL,
        RING_CONTEXT_CONTROL,
        CS_CHICKEN1,
        CS_DEBUG_MODE2 - 0x2000
      })
  void upperHalfOfAMaskedRegisterSaysWhichBitsAreWritten(int register) {
    fixture.write(Engine.RCS0, register, 0x00ff_0055);
    fixture.write(Engine.RCS0, register, 0xff00_aaaa);
    assertEquals(0xaa55, fixture.read(Engine.RCS0, register));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {RING_ACTHD, RING_DMA_FADD, RING_INSTDONE, RING_ESR, CCID, RING_EXECLIST_STATUS_HI})
  void whatShowsTheEngineIsReadOnly(int register) {
    int before = fixture.read(Engine.BCS0, register);
    fixture.write(Engine.BCS0, register, 0x1234_5678);
    assertEquals(before, fixture.read(Engine.BCS0, register));
  }

  @ParameterizedTest
  @ValueSource(ints = {RING_MAX_IDLE, RING_HWS_PGA, RING_SEMA_WAIT_POLL, CS_GPR + 4, 0xffc})
  void registerWithoutAnEffectKeepsWhatIsWritten(int register) {
    fixture.write(Engine.VECS0, register, 0x1234_5678);
    assertEquals(0x1234_5678, fixture.read(Engine.VECS0, register));
  }

  @Test
  void unalignedAccessIsAlignedDown() {
    fixture.write(Engine.VCS1, CS_GPR + 3, 0x1234_5678);
    assertEquals(0x1234_5678, fixture.read(Engine.VCS1, CS_GPR));
    assertEquals(0x1234_5678, fixture.read(Engine.VCS1, CS_GPR + 1));
    long both = fixture.gpu.readRegister64(Engine.VCS1.mmioBase() + CS_GPR + 7);
    assertEquals(0x1234_5678L, both);
  }

  @Test
  void timeStampCountsAt19200Kilohertz() {
    int before = fixture.read(Engine.VCS0, RING_TIMESTAMP);
    fixture.runMillis(1);
    int after = fixture.read(Engine.VCS0, RING_TIMESTAMP);
    assertEquals(19_200, after - before, 10);
  }

  @Test
  void statusPageGetsACopyOfTheInterruptsThatHwstamDoesNotMask() {
    fixture.write(Engine.VCS0, RING_HWSTAM, ~RING_IMR_USER_INTERRUPT);
    fixture.submit(fixture.context(Engine.VCS0).emit(0x01000000, 0));
    fixture.runMillis(1);
    assertEquals(RING_IMR_USER_INTERRUPT, fixture.load(fixture.statusPage(Engine.VCS0)));
    fixture.submit(fixture.context(Engine.BCS0).emit(0x01000000, 0));
    fixture.runMillis(1);
    assertEquals(0, fixture.load(fixture.statusPage(Engine.BCS0)), "all masked");
  }

  @Test
  void batchesAreFetchedAheadUnlessPrefetchIsDisabled() {
    var context = fixture.context(Engine.RCS0);
    var spin = context.tables().buffer(1);
    context.store(spin, 0, 0x18800101, spin.low(), spin.high());
    fixture.submit(context.emitBatch(spin));
    fixture.runMillis(1);
    assertEquals(spin.low() + 128, fixture.read(Engine.RCS0, RING_DMA_FADD));
    fixture.write(Engine.RCS0, RING_MODE, RING_MODE_PREFETCH_DISABLE * 0x10001);
    int head = fixture.read(Engine.RCS0, RING_ACTHD);
    assertEquals(head, fixture.read(Engine.RCS0, RING_DMA_FADD));
  }

  @Test
  void waitBitsTellSemaphoresFromEvents() {
    fixture.submit(fixture.context(Engine.RCS0).emit(0x0e41c003, 0xffff, 0x2600, 0, 0, 0));
    fixture.submit(fixture.context(Engine.BCS0).emit(0x01800008, 0));
    fixture.runMillis(1);
    int waits = RING_CTL_WAIT_SEMAPHORE | RING_CTL_WAIT_EVENT;
    assertEquals(RING_CTL_WAIT_SEMAPHORE, fixture.read(Engine.RCS0, RING_CTL) & waits);
    assertEquals(RING_CTL_WAIT_EVENT, fixture.read(Engine.BCS0, RING_CTL) & waits);
    assertEquals(List.of("80000900", "80030100"), fixture.serveInterrupts());
  }

  @Test
  void maskedErrorIsSeenInEsrAloneAndClearedByWritingItToEir() {
    fixture.write(Engine.VECS0, RING_EMR, -1);
    fixture.submit(fixture.context(Engine.VECS0).emit(0xdead_beef, 0));
    fixture.runMillis(1);
    assertEquals(List.of("80020100"), fixture.serveInterrupts());
    assertEquals(0, fixture.read(Engine.VECS0, RING_EIR));
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(Engine.VECS0, RING_ESR));
    fixture.write(Engine.VECS0, RING_EIR, -1);
    assertEquals(0, fixture.read(Engine.VECS0, RING_ESR));
  }
}

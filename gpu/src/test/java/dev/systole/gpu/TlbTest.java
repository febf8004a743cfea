package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which register makes which engine see that a mapping has changed. */
class TlbTest {
  private final GpuFixture fixture = new GpuFixture();
  private final long gate = fixture.allocate(1);
  private final int gateAddress = fixture.mapGgtt(gate, 1);

  /** Reads a page, waits until the gate opens, and reads it again. */
  private final class Reader {
    private final TestContext context;
    private final Buffer page;
    private final Buffer result;
    private final long other = fixture.allocate(1);

    Reader(Engine engine) {
      context = fixture.context(engine);
      page = context.tables().buffer(1);
      result = context.tables().buffer(1);
      fixture.store(page.bus(), 1);
      fixture.store(other, 2);
      var first = context.batch(copyTo(0));
      var second = context.batch(copyTo(4));
      context.emitBatch(first).emit(0x0e40c003, 1, gateAddress, 0, 0, 0).emitBatch(second);
      fixture.submit(context);
      fixture.runMillis(1);
      context.tables().map(page.address(), other, 1);
    }

    private int[] copyTo(int offset) {
      return new int[] {
        0x17000003, result.low() + offset, result.high(), page.low(), page.high(), 0
      };
    }

    int secondRead() {
      return fixture.load(result.bus() + 4);
    }
  }

  private void openGate() {
    fixture.store(gate, 1);
    fixture.runMillis(1);
  }

  @ParameterizedTest
  @CsvSource({
    "RCS0, 0xced8, 0x1",
    "VCS0, 0xcedc, 0x10001",
    "VCS1, 0xcedc, 0x40004",
    "VECS0, 0xcee0, 0x10001",
    "BCS0, 0xcee4, 0x1"
  })
  void everyClassHasARegisterWithABitPerInstance(Engine engine, int register, int value) {
    var reader = new Reader(engine);
    var others = new Reader(engine == Engine.RCS0 ? Engine.BCS0 : Engine.RCS0);
    fixture.write(register, value);
    assertEquals(0, fixture.read(register), "done");
    openGate();
    assertEquals(2, reader.secondRead());
    assertEquals(1, others.secondRead(), "another engine's are still there");
  }

  @Test
  void maskedRegisterWithoutItsMaskDoesNothing() {
    var reader = new Reader(Engine.VCS0);
    fixture.write(VD_TLB_INV_CR, 1);
    openGate();
    assertEquals(1, reader.secondRead());
  }

  @Test
  void flushOfTheGgttLeavesPageTablesAlone() {
    var reader = new Reader(Engine.RCS0);
    fixture.write(GFX_FLSH_CNTL, GFX_FLSH_CNTL_INVALIDATE);
    openGate();
    assertEquals(1, reader.secondRead());
  }

  @Test
  void waitLooksAtTheNewPageOnceItsTranslationIsFlushed() {
    long elsewhere = fixture.allocate(1);
    var context = fixture.context(Engine.RCS0);
    context.emit(0x0e40c003, 1, gateAddress, 0, 0, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    fixture.store(elsewhere, 1);
    fixture.gpu.writeRegister64(0x800000 + (gateAddress >>> 12) * 8, elsewhere | 1);
    fixture.runMillis(1);
    assertEquals(0, fixture.read(Engine.RCS0, 0x34), "the old page is 0 still");
    fixture.write(GFX_FLSH_CNTL, GFX_FLSH_CNTL_INVALIDATE);
    fixture.runMillis(1);
    assertEquals(context.tail(), fixture.read(Engine.RCS0, 0x34));
  }

  @Test
  void resetOfAnEngineForgetsItsTranslations() {
    long page = fixture.allocate(1);
    long other = fixture.allocate(1);
    int address = fixture.mapGgtt(page, 1);
    fixture.submit(fixture.context(Engine.RCS0).emit(0x10400002, address, 0, 1));
    fixture.runMillis(1);
    fixture.gpu.writeRegister64(0x800000 + (address >>> 12) * 8, other | 1);
    fixture.write(GDRST, GDRST_RENDER);
    fixture.runMillis(1);
    fixture.setUp(Engine.RCS0);
    fixture.submit(fixture.context(Engine.RCS0).emit(0x10400002, address, 0, 2));
    fixture.runMillis(1);
    assertEquals(1, fixture.load(page));
    assertEquals(2, fixture.load(other));
  }
}

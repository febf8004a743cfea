package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of control surfaces, whose layout is that of Mesa's intel_aux_map.c. */
class AuxTableTest {
  private static final int VALID = 1;
  private static final int ALIGNMENT_PAGES = 16;
  private static final int COMPRESSED = 5;
  private static final int TYPE_2D = 1 << 29;
  private static final int PITCH_BYTES = 1024;
  private static final int HEIGHT = 128;

  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context = fixture.context(Engine.RCS0);
  private final Buffer target = aligned();
  private final Buffer highest = aligned();
  private final Buffer middle = aligned();
  private final Buffer lowest = aligned();
  private final Buffer state = context.tables().buffer(1);

  /** 64 KiB at a multiple of their size, for the GPU. */
  private Buffer aligned() {
    Buffer buffer = context.tables().buffer(2 * ALIGNMENT_PAGES);
    long behind = -buffer.address() & 0xffff;
    return new Buffer(buffer.address() + behind, buffer.bus() + behind);
  }

  @BeforeEach
  void makeTables() {
    fixture.write(GFX_AUX_TABLE_BASE_ADDR, highest.low());
    fixture.write(GFX_AUX_TABLE_BASE_ADDR + 4, highest.high());
    setEntry(3, middle.address() | VALID);
    setEntry(2, lowest.address() | VALID);
    setEntry(1, VALID);
    makeTarget(COMPRESSED);
  }

  private void setEntry(int level, long entry) {
    long address = target.address();
    long at =
        switch (level) {
          case 3 -> highest.bus() + (address >>> 36) * 8;
          case 2 -> middle.bus() + (address >>> 24 & 0xfff) * 8;
          default -> lowest.bus() + (address >>> 16 & 0xff) * 8;
        };
    fixture.gpu.writeMemory64(at, entry);
  }

  private void makeTarget(int mode) {
    fixture.store(state.bus(), 64);
    fixture.store(
        state.bus() + 64, TYPE_2D, 0, (HEIGHT / 2 - 1) << 16, PITCH_BYTES - 1, 0, 0, mode);
    fixture.gpu.writeMemory64(state.bus() + 64 + 32, target.address());
  }

  private int draw() {
    int[] base = new int[22];
    base[0] = 0x61010014;
    base[4] = state.low() | 1;
    base[5] = state.high();
    var batch = new int[base.length + 2 + 7];
    System.arraycopy(base, 0, batch, 0, base.length);
    batch[22] = 0x782a0000;
    batch[24] = 0x7b000005;
    batch[26] = 3;
    batch[28] = 1;
    fixture.submit(context.emitBatch(context.batch(batch)));
    fixture.runMillis(1);
    return fixture.read(AUX_ERR_DBG);
  }

  @Test
  void compressedTargetIsLookedUp() {
    assertEquals(0, draw());
  }

  @ParameterizedTest
  @CsvSource({"3", "2", "1"})
  void entryThatIsNotValidIsReportedWithItsLevel(int level) {
    setEntry(level, 0);
    assertEquals(AUX_ERR_DBG_VALID | level << AUX_ERR_DBG_LEVEL_SHIFT, draw());
    assertEquals(context.tail(), fixture.read(Engine.RCS0, 0x34), "and the engine goes on");
  }

  @Test
  void targetThatIsNotCompressedNeedsNoTables() {
    setEntry(3, 0);
    makeTarget(0);
    assertEquals(0, draw());
  }

  @Test
  void whatWasValidIsRememberedUntilItIsInvalidated() {
    draw();
    setEntry(1, 0);
    assertEquals(0, draw());
    fixture.write(GFX_CCS_AUX_INV, GFX_CCS_AUX_INV_INVALIDATE);
    assertEquals(0, fixture.read(GFX_CCS_AUX_INV), "done");
    assertEquals(AUX_ERR_DBG_VALID | 1 << AUX_ERR_DBG_LEVEL_SHIFT, draw());
  }

  @Test
  void firstErrorStaysUntilSoftwareClearsIt() {
    setEntry(1, 0);
    draw();
    setEntry(3, 0);
    assertEquals(AUX_ERR_DBG_VALID | 1 << AUX_ERR_DBG_LEVEL_SHIFT, draw());
    fixture.write(AUX_ERR_DBG, 0);
    assertEquals(AUX_ERR_DBG_VALID | 3 << AUX_ERR_DBG_LEVEL_SHIFT, draw());
  }
}

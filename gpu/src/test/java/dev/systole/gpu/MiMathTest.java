package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gen12-commands.md 2.1. */
class MiMathTest {
  private static final int LOAD_A_R0 = 0x08008000;
  private static final int LOAD_B_R1 = 0x08008401;
  private static final int STORE_R2_ACCU = 0x18000831;
  private static final int STORE_R3_CF = 0x18000c33;
  private static final int STORE_R4_ZF = 0x18001032;

  private final CommandFixture f = new CommandFixture();

  @ParameterizedTest
  @CsvSource({
    "100, 5, 7, 12, 0",
    "101, 5, 7, -2, -1",
    "102, 12, 10, 8, 0",
    "103, 12, 10, 14, 0",
    "104, 12, 10, 6, 0",
    "100, -1, 1, 0, -1",
    "101, 7, 5, 2, 0",
    "101, 5, 5, 0, 0"
  })
  void resultSetsZeroAndCarryFlags(String opcode, long a, long b, long result, long carry) {
    f.run(
        f.gprs(a, b),
        command(
            0x0d000005,
            LOAD_A_R0,
            LOAD_B_R1,
            Integer.parseInt(opcode, 16) << 20,
            STORE_R2_ACCU,
            STORE_R3_CF,
            STORE_R4_ZF));
    assertEquals(result, f.gpr(2));
    assertEquals(carry, f.gpr(3));
    assertEquals(result == 0 ? -1 : 0, f.gpr(4));
  }

  @Test
  void loadsAndStoresInvert() {
    f.run(
        f.gprs(5),
        command(0x0d000004, 0x48008000, 0x48108400, 0x10200000, STORE_R2_ACCU, 0x58000c31),
        command(0x0d000003, 0x08108000, 0x08108400, 0x10000000, 0x18001031));
    assertEquals(~5L, f.gpr(2), "the inverse of 5, and all ones");
    assertEquals(5, f.gpr(3));
    assertEquals(0, f.gpr(4), "LOAD0");
  }

  @Test
  void tigerLakeKnowsNoShifts() {
    f.run(f.gprs(3, 2, 7), command(0x0d000003, LOAD_A_R0, LOAD_B_R1, 0x10500000, STORE_R2_ACCU));
    assertEquals(0, f.gpr(2), "nothing was computed");
  }

  @Test
  void dg2ShiftsAndReachesMemory() {
    var dg2 = new CommandFixture(Platform.DG2, Engine.RCS0);
    dg2.gpu.store(dg2.data.bus(), 0x11111111, 0x22222222);
    dg2.run(
        dg2.gprs(-16, 2, 0, 0, 0, dg2.data.address(), dg2.data.address() + 8),
        command(0x0d000003, LOAD_A_R0, LOAD_B_R1, 0x10500000, STORE_R2_ACCU),
        command(0x0d000003, LOAD_A_R0, LOAD_B_R1, 0x10600000, 0x18000c31),
        command(0x0d000003, LOAD_A_R0, LOAD_B_R1, 0x10700000, 0x18001031),
        command(0x0d000002, 0x08201c05, 0x00100000, 0x18101802));
    assertEquals(-64, dg2.gpr(2));
    assertEquals(-16L >>> 2, dg2.gpr(3));
    assertEquals(-4, dg2.gpr(4));
    assertEquals(0x2222222211111111L, dg2.gpr(7));
    assertEquals(-64, dg2.at(8));
  }
}

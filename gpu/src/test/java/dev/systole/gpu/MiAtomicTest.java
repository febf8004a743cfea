package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gen12-commands.md 2.2. */
class MiAtomicTest {
  private static final int ATOMIC = 0x17800001;
  private static final int INLINE = 0x17800009 | 1 << 18;
  private static final int RETURNS = 1 << 16;
  private static final int QWORD = 1 << 19;
  private static final int OCTWORD = 2 << 19;

  private final CommandFixture f = new CommandFixture();

  @ParameterizedTest
  @CsvSource({
    "1, 12, 10, 0, 8",
    "2, 12, 10, 0, 14",
    "3, 12, 10, 0, 6",
    "4, 12, 10, 0, 10",
    "5, 12, 0, 0, 13",
    "6, 12, 0, 0, 11",
    "7, 12, 10, 0, 22",
    "8, 12, 10, 0, 2",
    "9, 12, 10, 0, -2",
    "10, -1, 1, 0, 1",
    "11, -1, 1, 0, -1",
    "12, -1, 1, 0, -1",
    "13, -1, 1, 0, 1",
    "14, 5, 5, 9, 9",
    "14, 5, 6, 9, 5",
    "15, 12, 0, 0, 11",
    "0, 12, 1, 2, 12"
  })
  void operationChangesMemoryAndReturnsTheOldValue(
      int opcode, int old, int first, int second, int now) {
    f.gpu.store(f.data.bus(), old, 0x77, old, old < 0 ? -1 : 0);
    f.run(command(INLINE | RETURNS | opcode << 8, f.data, 0, first, second, 0, 0, 0, 0, 0, 0));
    assertEquals(now, f.at(0));
    assertEquals(0x77, f.at(4), "a dword only");
    assertEquals(opcode == 15 ? now : old, (int) f.gpr(4), "PREDEC returns the new one");
    f.run(f.gprs(first, 0, second, 0), command(ATOMIC | QWORD | (0x20 | opcode) << 8, f.data, 8));
    assertEquals(now, f.at(8), "8 bytes, from registers");
    assertEquals(now < 0 ? -1 : 0, f.at(12));
  }

  @Test
  void inlineOperandsAreInterleaved() {
    f.gpu.store(f.data.bus(), 1, 2, 3, 4);
    f.run(command(INLINE | OCTWORD | RETURNS | 0x4e << 8, f.data, 0, 1, 11, 2, 12, 3, 13, 4, 14));
    assertEquals(11, f.at(0));
    assertEquals(14, f.at(12));
    assertEquals(0x2_0000_0001L, f.gpr(4));
    assertEquals(0x4_0000_0003L, f.gpr(5));
  }

  @Test
  void sixteenBytesAreExchangedOnlyIfAllAreEqual() {
    f.gpu.store(f.data.bus(), 1, 2, 3, 4);
    f.run(
        f.gprs(0x2_0000_0001L, 0x4_0000_0004L, 5, 6),
        command(ATOMIC | OCTWORD | 0x4e << 8, f.data, 0),
        f.gprs(0x2_0000_0001L, 0x4_0000_0003L, 7, 8),
        command(ATOMIC | OCTWORD | 0x47 << 8, f.data, 0));
    assertEquals(1, f.at(0), "neither a difference nor another operation");
    f.run(command(ATOMIC | OCTWORD | 0x4e << 8, f.data, 0));
    assertEquals(7, f.at(0));
    assertEquals(8, f.at(8));
  }
}

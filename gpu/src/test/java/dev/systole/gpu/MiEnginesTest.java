package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.spec.Engine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which MI commands there are, and on which engines (gen12-commands.md part 2). */
class MiEnginesTest {
  private static void assertInvalid(Engine engine, int header) {
    var f = new CommandFixture(engine);
    f.run(command(header, 0, 0, 0, 0), f.store(0, 1));
    assertEquals(header, f.register(RING_IPEHR));
    assertEquals(RING_EIR_INSTRUCTION_ERROR, f.register(RING_EIR));
    assertEquals(0, f.at(0));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x09, 0x10, 0x11, 0x15, 0x16, 0x17, 0x19, 0x1e, 0x1f, 0x25, 0x2b, 0x2c, 0x2d, 0x30, 0x32,
        0x35, 0x37, 0x38, 0x3a, 0x3f
      })
  void opcodesThatGen12HasNotAreInvalid(int opcode) {
    assertInvalid(Engine.RCS0, opcode << 23);
  }

  @ParameterizedTest
  @CsvSource({
    "RCS0, 13000002",
    "BCS0, 06000000",
    "VCS0, 06000000",
    "VCS0, 01800000",
    "VECS0, 0a000001",
    "BCS0, 14000002",
    "VCS1, 0c000000"
  })
  void commandsOfOtherEnginesAreInvalid(Engine engine, String header) {
    assertInvalid(engine, Integer.parseUnsignedInt(header, 16));
  }

  /** They are passed by their length. */
  @ParameterizedTest
  @CsvSource({
    "03000000, 1",
    "05800000, 1",
    "06800003, 1",
    "07000081, 1",
    "07800001, 1",
    "0c000000, 2",
    "0e800000, 2",
    "13800000, 2",
    "1c800001, 3",
    "02800101, 1"
  })
  void commandsWithoutAnEffectArePassed(String header, int length) {
    var f = new CommandFixture();
    int[] command = new int[length];
    command[0] = Integer.parseUnsignedInt(header, 16);
    f.run(command, f.store(0, 1));
    assertEquals(1, f.at(0));
    assertEquals(0, f.register(RING_EIR));
  }
}

package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.GPR;
import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MI commands that move registers (gen12-commands.md part 2, 22, 24, 29 and 2a). */
class MiRegisterTest {
  private final CommandFixture f = new CommandFixture();

  @Test
  void registersMoveBetweenRegistersAndMemory() {
    f.gpu.store(f.data.bus(), 0x5555);
    f.run(
        command(0x14800002, f.gprAddress(0), f.data.low(), f.data.high()),
        command(0x15000001, f.gprAddress(0), f.gprAddress(1)),
        command(0x12000002, f.gprAddress(1), f.data.low() + 4, f.data.high()));
    assertEquals(0x5555, f.at(4));
  }

  @ParameterizedTest
  @EnumSource(names = {"RCS0", "BCS0", "VCS0", "VCS1", "VECS0"})
  void baseIsAddedToThePlainOffset(Engine engine) {
    var own = new CommandFixture(engine);
    own.gpu.store(own.data.bus(), 6);
    own.run(
        command(0x11080001, GPR, 5),
        command(0x14880002, GPR + 8, own.data.low(), own.data.high()),
        command(0x150c0001, GPR, GPR + 16),
        command(0x12080002, GPR + 16, own.data.low() + 4, own.data.high()));
    assertEquals(5, own.gpr(0));
    assertEquals(6, own.gpr(1));
    assertEquals(5, own.at(4));
  }

  @Test
  void remappedRegistersOfTheFirstEngineAreTheOwn() {
    var second = new CommandFixture(Engine.VCS1);
    int first = Engine.VCS0.mmioBase() + GPR;
    second.run(
        command(0x11020001, first, 5),
        command(0x15030001, first, first + 8),
        command(0x12020002, first + 8, second.data.low(), second.data.high()));
    assertEquals(5, second.gpr(0));
    assertEquals(5, second.gpr(1));
    assertEquals(5, second.at(0));
    assertEquals(0, second.gpu.read(first), "the first engine's are not touched");
  }

  @Test
  void disabledBytesKeepTheirValue() {
    f.run(f.gprs(0x11223344), command(0x11000501, f.gprAddress(0), 0x55667788));
    assertEquals(0x55227744, f.gpr(0));
  }

  @Test
  void maskedRegistersTakeTheBitsOfTheirMask() {
    f.runInRing(
        command(0x11000003, 0x2000 + RING_MI_MODE, 0x30001, 0x2000 + RING_MI_MODE, 0x20000));
    assertEquals(1, f.register(RING_MI_MODE) & 3);
  }

  @Test
  void maskedRegisterReadsWithoutItsMaskSoThatACopyChangesNothing() {
    f.runInRing(
        command(0x11000001, 0x2000 + RING_MI_MODE, 0x10001),
        command(0x15000001, 0x2000 + RING_MI_MODE, 0x2000 + RING_INSTPM));
    assertEquals(0, f.register(RING_INSTPM));
  }

  @Test
  void registerThatUsersMayNotWriteKeepsItsValueUnlessItIsForced() {
    int register = Engine.RCS0.mmioBase() + RING_SEMAPHORE_TOKEN;
    f.run(command(0x11000001, register, 2));
    assertEquals(0, f.gpu.read(register));
    f.gpu.write(Engine.RCS0, RING_FORCE_TO_NONPRIV, register);
    f.run(command(0x11000001, register, 2));
    assertEquals(2, f.gpu.read(register));
  }

  @Test
  void usersMayWriteStatisticsPredicatesAndIndirectParameters() {
    f.run(
        command(0x11000001, IA_VERTICES_COUNT, 1),
        command(0x11000001, 0x2000 + MI_PREDICATE_SRC0, 2),
        command(0x11000001, _3DPRIM_VERTEX_COUNT, 3),
        command(0x11000001, GPGPU_DISPATCHDIMX, 4));
    assertEquals(1, f.gpu.read(IA_VERTICES_COUNT));
    assertEquals(2, f.register(MI_PREDICATE_SRC0));
    assertEquals(3, f.gpu.read(_3DPRIM_VERTEX_COUNT));
    assertEquals(4, f.gpu.read(GPGPU_DISPATCHDIMX));
  }
}

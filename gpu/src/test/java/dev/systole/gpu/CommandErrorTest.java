package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * gen12-commands.md part 2, end: a command that the engine does not know raises the error interrupt
 * and leaves the registers on it, whatever the engine.
 */
class CommandErrorTest {
  private static final int RESERVED_MI_OPCODE = 0x1f << 23;

  private final GpuFixture fixture = new GpuFixture(Platform.DG2, FaultPlan.none());

  private String identity(Engine engine, int bits) {
    int place = engine.hardwareInstance() << 20 | engine.engineClass().hardwareClass() << 16;
    return "%08x".formatted(0x80000000 | place | bits);
  }

  @ParameterizedTest
  @EnumSource
  void reservedOpcodeInABatch(Engine engine) {
    var context = fixture.context(engine);
    var batch = context.batch(0, RESERVED_MI_OPCODE, 0);
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    assertEquals(List.of(identity(engine, 0x108)), fixture.serveInterrupts());
    assertEquals(RESERVED_MI_OPCODE, fixture.read(engine, RING_IPEHR));
    assertEquals(batch.low() + 4, fixture.read(engine, RING_ACTHD));
    assertEquals((int) (batch.address() >>> 32), fixture.read(engine, RING_ACTHD_UDW));
    assertEquals(batch.low() + 4 | RING_BBADDR_VALID, fixture.read(engine, RING_BBADDR));
    assertEquals(RING_BBSTATE_ADDRESS_SPACE_PPGTT, fixture.read(engine, RING_BBSTATE));
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(engine, RING_ESR));
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(engine, RING_EIR));
    assertEquals(0, fixture.read(engine, RING_MI_MODE), "not idle");
    assertEquals(0, fixture.read(engine, RING_RESET_CTL), "no catastrophe");
    assertTrue(fixture.gpu.busy());
  }

  @ParameterizedTest
  @EnumSource
  void reservedTypeInTheRing(Engine engine) {
    var context = fixture.context(engine).emit(0, 0, 0x2000_0000, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(0x2000_0000, fixture.read(engine, RING_IPEHR));
    assertEquals(8, fixture.read(engine, RING_HEAD));
    assertEquals(0, fixture.read(engine, RING_BBADDR) & RING_BBADDR_VALID);
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(engine, RING_EIR));
  }

  @ParameterizedTest
  @EnumSource
  void imageThatIsNone(Engine engine) {
    var context = fixture.context(engine).emit(0, 0);
    context.setState(0x01, 0x7777_7777);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(List.of(identity(engine, 0x108)), fixture.serveInterrupts());
    assertEquals(0x7777_7777, fixture.read(engine, RING_IPEHR));
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(engine, RING_ESR));
  }
}

package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The registers of Gen12, in the words of i915-kernel.md 5. */
class Gen12RegistersTest {
  private final Spec spec = Spec.gen12();

  @Test
  void ringRegistersLieAtTheSameOffsetFromEveryEnginesBase() {
    for (Engine engine : Engine.values()) {
      assertRegister("RING_TAIL", engine, engine.mmioBase() + 0x30);
      assertRegister("RING_EXECLIST_CONTROL", engine, engine.mmioBase() + 0x550);
    }
  }

  @Test
  void rowsAndUpperHalvesAreNamed() {
    assertRegister("CS_GPR[0]", Engine.RCS0, 0x2600);
    assertRegister("CS_GPR[3]_UDW", Engine.VCS1, 0x1d061c);
    assertRegister("RING_FORCE_TO_NONPRIV[11]", Engine.BCS0, 0x224fc);
    assertRegister("RING_PDP_UDW[0]", Engine.BCS0, 0x22274);
  }

  @Test
  void registersOfTheDeviceHaveNoEngine() {
    RegisterAt reset = spec.register(0x941c).orElseThrow();
    assertEquals("GDRST", reset.name());
    assertEquals(Optional.empty(), reset.engine());
    assertEquals("FENCE_REG[31]_UDW", spec.register(0x1000fc).orElseThrow().name());
    assertEquals("PS_INVOCATION_COUNT", spec.register(0x2348).orElseThrow().name());
  }

  @Test
  void engineUnitsAreThoseOfItsClass() {
    assertRegister("INSTDONE_1", Engine.RCS0, 0x206c);
    assertRegister("BCS_INSTDONE", Engine.BCS0, 0x2206c);
    assertRegister("VCS_INSTDONE", Engine.VCS0, 0x1c006c);
    assertRegister("RING_INSTDONE", Engine.VECS0, 0x1c806c);
  }

  @Test
  void nothingLiesWhereNoRegisterIs() {
    assertTrue(spec.register(0x2031).isEmpty());
    assertTrue(spec.register(0).isEmpty());
    assertTrue(spec.register(-4).isEmpty());
  }

  @Test
  void waitingForASemaphoreIsSeenInTheRingsControl() {
    RegisterSpec control = spec.register("RING_CTL").orElseThrow();
    int[] value = {0x3401};
    for (FieldSpec field : spec.fields(control.members(), 1)) {
      long expected =
          switch (field.name()) {
            case "Valid", "Wait Semaphore" -> 1;
            case "Size" -> 3;
            default -> 0;
          };
      assertEquals(expected, field.value(value, 0), field.name());
    }
  }

  @Test
  void resetBitsAreThoseOfTheEngines() {
    RegisterSpec reset = spec.register("GDRST").orElseThrow();
    for (Engine engine : Engine.values()) {
      long fields =
          spec.fields(reset.members(), 1).stream()
              .filter(field -> field.startBit() == engine.resetDomainBit())
              .count();
      assertEquals(1, fields, engine::kernelName);
    }
  }

  @Test
  void enginesSleepInTheirWells() {
    assertEquals(ForcewakeDomain.RENDER, Engine.RCS0.forcewakeDomain());
    assertEquals(ForcewakeDomain.GT, Engine.BCS0.forcewakeDomain());
    assertEquals(ForcewakeDomain.VDBOX0, Engine.VCS0.forcewakeDomain());
    assertEquals(ForcewakeDomain.VDBOX2, Engine.VCS1.forcewakeDomain());
    assertEquals(ForcewakeDomain.VEBOX0, Engine.VECS0.forcewakeDomain());
    assertEquals(0xa548, ForcewakeDomain.VDBOX2.requestRegister());
    assertEquals(Optional.empty(), ForcewakeDomain.of(0x190010));
    assertEquals(Optional.empty(), ForcewakeDomain.of(0x1c4000));
  }

  @Test
  void noTwoRegistersOfTheDeviceShareAnOffset() {
    var taken = new HashMap<Integer, String>();
    for (RegisterSpec register : spec.registers()) {
      if (!register.engines().isEmpty()) continue;
      for (int offset : offsets(register)) {
        String other = taken.put(offset, register.name());
        assertTrue(other == null, () -> other + " and " + register.name());
        String name = spec.register(offset).orElseThrow().spec().name();
        assertEquals(register.name(), name);
      }
    }
  }

  @Test
  void planesLieSideBySideInARowForEachPipe() {
    assertEquals("PLANE_CTL[0][0]", spec.register(0x70180).orElseThrow().name());
    assertEquals("PLANE_CTL[0][6]", spec.register(0x70780).orElseThrow().name());
    assertEquals("PLANE_SURF[3][1]", spec.register(0x7329c).orElseThrow().name());
    assertEquals("PS_CTRL[1][1]", spec.register(0x68a80).orElseThrow().name());
    assertEquals("DE_PIPE_IIR[2]", spec.register(0x44428).orElseThrow().name());
  }

  private static List<Integer> offsets(RegisterSpec register) {
    var offsets = new ArrayList<Integer>();
    for (int row = 0; row < register.rows(); row++) {
      for (int i = 0; i < register.count(); i++) {
        for (int dword = 0; dword < register.lengthDwords(); dword++) {
          int inRow = i * register.strideBytes() + 4 * dword;
          offsets.add(register.offsetBytes() + row * register.rowStrideBytes() + inRow);
        }
      }
    }
    return offsets;
  }

  private void assertRegister(String name, Engine engine, int mmioOffset) {
    RegisterAt found = spec.register(mmioOffset).orElseThrow();
    assertEquals(name, found.name());
    assertEquals(Optional.of(engine), found.engine());
  }
}

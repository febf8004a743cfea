package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.systole.spec.gen12.BlitterCommands;
import dev.systole.spec.gen12.ComputeCommands;
import dev.systole.spec.gen12.DisplayRegisters;
import dev.systole.spec.gen12.GtRegisters;
import dev.systole.spec.gen12.MiCommands;
import dev.systole.spec.gen12.PageTableStructures;
import dev.systole.spec.gen12.RenderCommands;
import dev.systole.spec.gen12.RingRegisters;
import dev.systole.spec.gen12.StateCommands;
import dev.systole.spec.gen12.SubmissionStructures;
import dev.systole.spec.gen12.VideoCommands;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The constants are those that the package's description promises for the loaded data. */
class GeneratedConstantsTest {
  private static final List<Class<?>> CLASSES =
      List.of(
          MiCommands.class,
          BlitterCommands.class,
          RenderCommands.class,
          ComputeCommands.class,
          StateCommands.class,
          VideoCommands.class,
          RingRegisters.class,
          GtRegisters.class,
          DisplayRegisters.class,
          SubmissionStructures.class,
          PageTableStructures.class);

  private final Spec spec = Spec.gen12();
  private final Map<String, Integer> expected = new TreeMap<>();

  @Test
  void wellKnownEncodingsStandUnderTheirNames() {
    assertEquals(0x18800000, MiCommands.MI_BATCH_BUFFER_START);
    assertEquals(3, MiCommands.MI_BATCH_BUFFER_START_LENGTH_DWORDS);
    assertEquals(1 << 22, MiCommands.MI_BATCH_BUFFER_START_SECOND_LEVEL);
    assertEquals(4 << 12, MiCommands.MI_SEMAPHORE_WAIT_COMPARE_OPERATION_SAD_EQUAL_SDD);
    assertEquals(0x7b000000, RenderCommands._3DPRIMITIVE);
    assertEquals(0x30, RingRegisters.RING_TAIL);
    assertEquals(1, RingRegisters.RING_CTL_VALID);
    assertEquals(0x941c, GtRegisters.GDRST);
    assertEquals(1 << 1, GtRegisters.GDRST_RENDER);
    assertEquals(5, SubmissionStructures.RENDER_CONTEXT_STATE_RING_HEAD_DWORD);
    assertEquals(0x2f, SubmissionStructures.HARDWARE_STATUS_PAGE_CONTEXT_STATUS_WRITE_INDEX_DWORD);
  }

  @Test
  void everyFactHasItsConstantsAndNoConstantIsWithoutAFact() throws IllegalAccessException {
    for (CommandSpec command : spec.commands()) {
      String name = identifier(command.name());
      expect(name, command.header());
      command.lengthDwords().ifPresent(length -> expect(name + "_LENGTH_DWORDS", length));
      expectFields(name, command.members(), 0);
    }
    for (EnumSpec enumeration : spec.enums()) {
      for (ValueSpec value : enumeration.values()) {
        String name = identifier(enumeration.name()) + "_" + identifier(value.name());
        expect(name, (int) value.value());
      }
    }
    for (StructSpec struct : spec.structs()) {
      expect(identifier(struct.name()) + "_LENGTH_DWORDS", struct.lengthDwords());
      expectFields(identifier(struct.name()), struct.members(), 0);
    }
    for (RegisterSpec register : spec.registers()) {
      String name = identifier(register.name());
      expect(name, register.offsetBytes());
      if (register.count() > 1) {
        expect(name + "_COUNT", register.count());
        expect(name + "_STRIDE_BYTES", register.strideBytes());
      }
      if (register.rows() > 1) {
        expect(name + "_ROWS", register.rows());
        expect(name + "_ROW_STRIDE_BYTES", register.rowStrideBytes());
      }
      expectFields(name, register.members(), 0);
    }
    assertEquals(expected, constants());
  }

  private void expectFields(String owner, List<Member> members, int origin) {
    for (Member member : members) {
      switch (member) {
        case GroupSpec group -> expectFields(owner, group.members(), origin + group.startBit());
        case FieldSpec field -> {
          boolean opcode = field.defaultValue().isPresent() && field.startBit() >= 16;
          boolean length = field.name().equals("DWord Length");
          boolean fixed = field.type() == FieldType.Plain.MUST_BE_ONE;
          if (opcode || length || fixed) continue;
          expectField(owner + "_" + identifier(field.name()), field.moved(field.name(), origin));
        }
      }
    }
  }

  private void expectField(String name, FieldSpec field) {
    int shift = field.startBit() % 32;
    if (field.dword() > 0) expect(name + "_DWORD", field.dword());
    if (field.bits() == 32 || shift + field.bits() > 32) return;
    int mask = (int) ((1L << field.bits()) - 1 << shift);
    if (field.bits() == 1) {
      expect(name, mask);
    } else {
      expect(name + "_MASK", mask);
      expect(name + "_SHIFT", shift);
    }
    for (ValueSpec value : field.values()) {
      expect(name + "_" + identifier(value.name()), (int) (value.value() << shift));
    }
  }

  private void expect(String name, int value) {
    assertNull(expected.put(name, value), name);
  }

  private static Map<String, Integer> constants() throws IllegalAccessException {
    var constants = new TreeMap<String, Integer>();
    for (Class<?> family : CLASSES) {
      for (var constant : family.getFields()) {
        assertNull(constants.put(constant.getName(), constant.getInt(null)), constant::toString);
      }
    }
    return constants;
  }

  private static String identifier(String name) {
    String words = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    return words.replaceFirst("^(?=[0-9])", "_");
  }
}

package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must hold for everything that the data files say. */
class Gen12DataTest {
  private static final int ELEMENTS_OF_OPEN_GROUPS_DWORDS = 8;

  private final Spec spec = Spec.gen12();

  @Test
  void fieldsOfCommandsDoNotOverlap() {
    for (CommandSpec command : spec.commands()) {
      int length = command.lengthDwords().orElse(ELEMENTS_OF_OPEN_GROUPS_DWORDS);
      assertDisjoint(command.name(), command.members(), length);
    }
  }

  @Test
  void fieldsOfStructuresAndRegistersDoNotOverlap() {
    spec.structs().forEach(s -> assertDisjoint(s.name(), s.members(), s.lengthDwords()));
    spec.registers().forEach(r -> assertDisjoint(r.name(), r.members(), r.lengthDwords()));
  }

  @Test
  void fieldsLieWithinWhatHoldsThem() {
    for (StructSpec struct : spec.structs()) {
      int inside = spec.fields(struct.members(), struct.lengthDwords()).size();
      assertEquals(spec.fields(struct.members(), 1 << 14).size(), inside, struct.name());
    }
    for (RegisterSpec register : spec.registers()) {
      int inside = spec.fields(register.members(), register.lengthDwords()).size();
      assertEquals(spec.fields(register.members(), 64).size(), inside, register.name());
    }
  }

  @Test
  void valuesFitTheirFields() {
    spec.commands().forEach(c -> assertValuesFit(c.name(), c.members()));
    spec.structs().forEach(s -> assertValuesFit(s.name(), s.members()));
    spec.registers().forEach(r -> assertValuesFit(r.name(), r.members()));
  }

  @Test
  void switchDetailsAndContextIdsAreReadAsTheStatusBufferExamplesSay() {
    StructSpec status = spec.struct("CONTEXT_STATUS").orElseThrow();
    int[] preempted = {0x00010001, 0x00008005};
    assertEquals(
        List.of(
            "Switched To New Queue=1",
            "Software Context ID=2",
            "Switch Detail=5",
            "Switched Away Context ID=1"),
        spec.fields(status.members(), 2).stream()
            .map(field -> field.name() + "=" + field.value(preempted, 0))
            .toList());
  }

  @Test
  void structuresInStructuresGiveTheirFields() {
    StructSpec page = spec.struct("HARDWARE_STATUS_PAGE").orElseThrow();
    FieldSpec last =
        spec.fields(page.members(), page.lengthDwords()).stream()
            .filter(field -> field.name().equals("Context Status[11].Switch Detail"))
            .findFirst()
            .orElseThrow();
    assertEquals(0x27, last.dword());
  }

  private void assertDisjoint(String owner, List<Member> members, int lengthDwords) {
    var taken = new BitSet();
    for (FieldSpec field : spec.fields(members, lengthDwords)) {
      int next = taken.nextSetBit(field.startBit());
      assertTrue(next < 0 || next > field.endBit(), () -> owner + ": " + field);
      taken.set(field.startBit(), field.endBit() + 1);
    }
  }

  private static void assertValuesFit(String owner, List<Member> members) {
    for (Member member : members) {
      switch (member) {
        case GroupSpec group -> assertValuesFit(owner, group.members());
        case FieldSpec field -> {
          for (ValueSpec value : field.values()) {
            assertEquals(0, value.value() >>> field.bits(), () -> owner + ": " + field);
          }
        }
      }
    }
  }
}

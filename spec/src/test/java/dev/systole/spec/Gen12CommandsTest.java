package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The commands of Gen12, in the words of gen12-commands.md. */
class Gen12CommandsTest {
  /** Mesa's table has these pairs too (mesa-igt-tools.md 1.7, 22). */
  private static final Set<Set<String>> PAIRS_WITH_ONE_HEADER =
      Set.of(
          Set.of("3DPRIMITIVE", "3DPRIMITIVE_EXTENDED"),
          Set.of("HCP_TILE_CODING", "HCP_RDOQ_STATE"));

  private final Spec spec = Spec.gen12();

  @Test
  void batchBufferStartOfTheRingRunsInPpgttAndHasThreeDwords() {
    int[] dwords = {0x18800101, 0x1234_5678, 0x0000_fffe};
    CommandSpec command = spec.command(dwords[0], EngineClass.RENDER).orElseThrow();
    assertEquals("MI_BATCH_BUFFER_START", command.name());
    assertEquals(3, command.lengthDwords(dwords[0]));
    assertEquals(1, value(command, "Address Space PPGTT", dwords));
    assertEquals(0, value(command, "Second Level", dwords));
    assertEquals(0x0000_fffe_1234_5678L, value(command, "Address", dwords));
  }

  @Test
  void preemptBusyWaitComparesForEqualityInGgtt() {
    int[] dwords = {0x0e40c003, 0, 0x13ef0c8, 0, 0};
    CommandSpec command = spec.command(dwords[0], EngineClass.VIDEO).orElseThrow();
    assertEquals("MI_SEMAPHORE_WAIT", command.name());
    assertEquals(5, command.lengthDwords(dwords[0]));
    assertEquals(1, value(command, "Use Global GTT", dwords));
    assertEquals(1, value(command, "Polling Mode", dwords));
    FieldSpec compare = command.field("Compare Operation").orElseThrow();
    assertEquals("SAD_EQUAL_SDD", spec.valueName(compare, compare.value(dwords, 0)).orElseThrow());
  }

  @Test
  void finalBreadcrumbOfRenderWritesTheSeqnoIntoGgtt() {
    int[] dwords = {0x7a000004, 0x01104080, 0x1000, 0, 42, 0};
    CommandSpec command = spec.command(dwords[0], EngineClass.RENDER).orElseThrow();
    assertEquals("PIPE_CONTROL", command.name());
    assertEquals(6, command.lengthDwords(dwords[0]));
    assertEquals(1, value(command, "Post Sync Operation", dwords));
    assertEquals(1, value(command, "Destination Address Type GGTT", dwords));
    assertEquals(1, value(command, "Command Streamer Stall Enable", dwords));
    assertEquals(1, value(command, "Pipe Control Flush Enable", dwords));
    assertEquals(0x1000, value(command, "Address", dwords));
    assertEquals(42, value(command, "Immediate Data", dwords));
  }

  @Test
  void theEngineDecidesTheMeaning() {
    assertEquals("MEDIA_VFE_STATE", name(0x70000007, EngineClass.RENDER));
    assertEquals("MFX_PIPE_MODE_SELECT", name(0x70000003, EngineClass.VIDEO));
    assertEquals("MFX_VP8_PIC_STATE", name(0x74000024, EngineClass.VIDEO));
    assertEquals("VEBOX_SURFACE_STATE", name(0x74000007, EngineClass.VIDEO_ENHANCE));
    assertEquals("XY_SRC_COPY_BLT", name(0x54f00008, EngineClass.COPY));
    assertTrue(spec.command(0x54f00008, EngineClass.RENDER).isEmpty());
    assertTrue(spec.command(0x7b000005, EngineClass.COPY).isEmpty());
  }

  @Test
  void commandsWithOneHeaderAreToldApartByTheirOtherDefaults() {
    assertEquals("3DPRIMITIVE", name(0x7b000005, EngineClass.RENDER));
    assertEquals("3DPRIMITIVE", name(0x7b000505, EngineClass.RENDER));
    assertEquals("3DPRIMITIVE_EXTENDED", name(0x7b000808, EngineClass.RENDER));
    assertEquals("HCP_TILE_CODING", name(0x73950012, EngineClass.VIDEO));
    assertEquals("HCP_RDOQ_STATE", name(0x73950007, EngineClass.VIDEO));
  }

  @Test
  void oneHeaderHasSeveralLengths() {
    assertEquals(4, spec.lengthDwords(0x13004002, EngineClass.COPY));
    assertEquals(5, spec.lengthDwords(0x13004003, EngineClass.COPY));
    assertEquals(4, spec.lengthDwords(0x10400002, EngineClass.RENDER));
    assertEquals(5, spec.lengthDwords(0x10200003, EngineClass.RENDER));
    assertEquals(4, spec.lengthDwords(0x0e409002, EngineClass.RENDER));
    assertEquals(11, spec.lengthDwords(0x2f << 23 | 9, EngineClass.RENDER));
    assertEquals(27, spec.lengthDwords(0x11081019, EngineClass.RENDER));
    assertEquals(1, spec.lengthDwords(0x69041300, EngineClass.RENDER));
    assertEquals(1, spec.lengthDwords(0x68000100, EngineClass.VIDEO));
  }

  @Test
  void unknownCommandsHaveTheLengthOfMesasRules() {
    assertEquals(1, spec.lengthDwords(0x09 << 23 | 5, EngineClass.RENDER));
    assertEquals(7, spec.lengthDwords(0x3f << 23 | 5, EngineClass.RENDER));
    assertEquals(9, spec.lengthDwords(0x5fc00007, EngineClass.COPY));
    assertEquals(6, spec.lengthDwords(0x61090004, EngineClass.RENDER));
    assertEquals(1, spec.lengthDwords(0x69700004, EngineClass.RENDER));
    assertEquals(0x1234 + 2, spec.lengthDwords(0x72701234, EngineClass.RENDER));
    assertEquals(0x234 + 2, spec.lengthDwords(0x76701234, EngineClass.VIDEO));
    assertEquals(1, spec.lengthDwords(0x780b0007, EngineClass.RENDER));
    assertEquals(0, spec.lengthDwords(0x20000000, EngineClass.RENDER));
    assertEquals(0, spec.lengthDwords(0xdeadbeef, EngineClass.RENDER));
    assertEquals(5, spec.lengthDwords(0xac000003, EngineClass.RENDER));
  }

  @Test
  void headersAreUniqueOnEachClassOfEngines() {
    for (EngineClass engine : EngineClass.values()) {
      Map<Integer, CommandSpec> byHeader = new HashMap<>();
      for (CommandSpec command : spec.commands()) {
        if (!command.engines().contains(engine)) continue;
        CommandSpec other = byHeader.putIfAbsent(command.header(), command);
        if (other == null) continue;
        var pair = Set.of(command.name(), other.name());
        assertTrue(PAIRS_WITH_ONE_HEADER.contains(pair), pair::toString);
      }
    }
  }

  @Test
  void everyCommandIsFoundByItsHeader() {
    for (CommandSpec command : spec.commands()) {
      FieldSpec length = command.field("DWord Length").orElse(null);
      int dw0 = command.header();
      if (length != null) dw0 |= (int) length.defaultValue().orElse(0);
      if (command.name().equals("3DPRIMITIVE_EXTENDED")) dw0 |= 1 << 11;
      for (EngineClass engine : command.engines()) assertEquals(command.name(), name(dw0, engine));
    }
  }

  @Test
  void defaultsOfTheLengthFieldGiveTheLength() {
    for (CommandSpec command : spec.commands()) {
      FieldSpec length = command.field("DWord Length").orElse(null);
      if (length == null || length.defaultValue().isEmpty()) continue;
      int dw0 = command.header() | (int) length.defaultValue().getAsLong();
      assertEquals(command.lengthDwords().orElseThrow(), command.lengthDwords(dw0), command.name());
    }
  }

  @Test
  void groupsRepeatToTheEndOfTheCommand() {
    CommandSpec command = spec.command("MI_LOAD_REGISTER_IMM").orElseThrow();
    int[] dwords = {0x11000003, 0x4208, 1, 0x20d8, 0x00400040};
    List<FieldSpec> fields = spec.fields(command.members(), command.lengthDwords(dwords[0]));
    assertEquals(
        List.of("Register Offset[0]", "Data Dword[0]", "Register Offset[1]", "Data Dword[1]"),
        fields.stream().map(FieldSpec::name).filter(name -> name.endsWith("]")).toList());
    assertEquals(0x00400040, fields.getLast().value(dwords, 0));
  }

  @Test
  void fieldsBeyondAShortFormAreLeftOut() {
    CommandSpec command = spec.command("MI_ATOMIC").orElseThrow();
    assertTrue(hasField(command, 11, "Operand 2 Data Dword 3"));
    assertFalse(hasField(command, 3, "Operand 1 Data Dword 0"));
  }

  private boolean hasField(CommandSpec command, int lengthDwords, String name) {
    return spec.fields(command.members(), lengthDwords).stream()
        .anyMatch(field -> field.name().equals(name));
  }

  private String name(int dw0, EngineClass engine) {
    return spec.command(dw0, engine).map(CommandSpec::name).orElse("unknown");
  }

  private static long value(CommandSpec command, String field, int[] dwords) {
    return command.field(field).orElseThrow().value(dwords, 0);
  }
}

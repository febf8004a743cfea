package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loader reads what Mesa writes and refuses, in one line, what cannot be. */
class SpecLoaderTest {
  private static final String COMMAND =
      """
      <instruction name="A" bias="2" length="3" engine="render">
        <field name="Command Type" start="29" end="31" type="uint" default="0"/>
        <field name="Opcode" start="23" end="28" type="uint" default="32"/>
        <field name="DWord Length" start="0" end="7" type="uint" default="1"/>
        <field name="Kind" start="8" end="9" type="KIND"/>
        <field name="Ratio" start="32" end="47" type="s4.11"/>
        <field name="Delta" start="48" end="63" type="int"/>
        <field name="Entry" start="64" end="95" type="ENTRY"/>
      </instruction>
      <enum name="KIND" prefix="K"><value name="ONE" value="0x1"/></enum>
      <struct name="ENTRY" length="1"><field name="Low" start="0" end="3" type="uint"/></struct>
      """;

  @Test
  void everyTypeOfTheSchemaIsRead() {
    Spec spec = load(COMMAND);
    CommandSpec command = spec.command("A").orElseThrow();
    int[] dwords = {0x10000101, 0xffff0000, 0xc};
    assertEquals(0x10000000, command.header());
    assertEquals(3, command.lengthDwords(dwords[0]));
    FieldSpec kind = command.field("Kind").orElseThrow();
    assertEquals("ONE", spec.valueName(kind, kind.value(dwords, 0)).orElseThrow());
    FieldSpec ratio = command.field("Ratio").orElseThrow();
    assertEquals(new FieldType.Fixed(true, 4, 11), ratio.type());
    assertEquals(-1, command.field("Delta").orElseThrow().value(dwords, 0));
    FieldSpec low = spec.fields(command.members(), 3).getLast();
    assertEquals("Entry.Low", low.name());
    assertEquals(0xc, low.value(dwords, 0));
  }

  @Test
  void aCommandMayLeaveAFewOpcodeBitsOpen() {
    Spec spec =
        load(
            """
            <instruction name="WALKER" bias="2" engine="compute">
              <field name="Opcodes" start="18" end="31" type="uint" default="0x1c82"/>
            </instruction>
            """);
    assertTrue(spec.command(0x720b0025, EngineClass.COMPUTE).isPresent());
    assertTrue(spec.command(0x720c0025, EngineClass.COMPUTE).isEmpty());
    assertTrue(spec.command(0x72080025, EngineClass.RENDER).isEmpty());
  }

  @Test
  void importsAreReplacedAndExcluded() {
    String child =
        """
        <genxml name="child" gen="13">
          <import name="parent.xml"><exclude name="B"/></import>
          <struct name="A" length="2"/>
        </genxml>
        """;
    String parent = genxml("<struct name='A' length='1'/><struct name='B' length='1'/>");
    Spec spec = load("child.xml", Map.of("child.xml", child, "parent.xml", parent));
    assertEquals(2, spec.struct("A").orElseThrow().lengthDwords());
    assertTrue(spec.struct("B").isEmpty());
  }

  @Test
  void aFileThatIsMissingOrImportsItselfIsRefused() {
    assertEquals("none.xml: cannot be read: no such file", refusal("none.xml", Map.of()));
    String self = genxml("<import name='self.xml'/>");
    assertEquals("self.xml: imports itself", refusal("self.xml", Map.of("self.xml", self)));
  }

  @Test
  void documentTypesAndEntitiesAreRefused() {
    String bomb =
        """
        <!DOCTYPE genxml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>
        <genxml name="x" gen="12"><struct name="&b;" length="1"/></genxml>
        """;
    assertRefused("document type", bomb);
    String outside =
        """
        <!DOCTYPE genxml SYSTEM "file:///etc/passwd">
        <genxml name="x" gen="12"/>
        """;
    assertRefused("document type", outside);
  }

  @Test
  void deepNestingIsRefused() {
    String group = "<group count='1' start='0' size='32'>";
    String deep = "<struct name='A' length='1'>" + group.repeat(100_000);
    assertRefused("nested too deep", genxml(deep));
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertFieldRefused("start -1 is not between 0 and 1048576", "start='-1' end='3'");
    assertFieldRefused("'F' ends before it starts", "start='4' end='3'");
    assertFieldRefused("end 99999999999 is not between", "start='0' end='99999999999'");
    assertFieldRefused("start 'x' is not a number", "start='x' end='3'");
    assertRefused("size 0 is not between", genxml(struct("<group start='0' size='0'/>")));
  }

  @Test
  void whatGenxmlDoesNotHaveIsRefused() {
    assertRefused("root is not <genxml>", "<other/>");
    assertRefused("<thing> is not expected here", genxml("<thing/>"));
    assertRefused("<struct> has no name", genxml("<struct length='1'/>"));
    assertRefused("engine 'moon' is unknown", genxml("<instruction name='A' engine='moon'/>"));
    assertRefused("does not say its type", genxml("<instruction name='A' bias='2'/>"));
    assertRefused("not XML", "genxml");
    assertRefused("not XML", genxml("<struct name='A'"));
    assertRefused("not XML", "");
  }

  @Test
  void unknownTypesAndStructuresWithinThemselvesAreRefused() {
    assertFieldRefused("the unknown type 'Nowhere'", "start='0' end='3' type='Nowhere'");
    String loop = "<field name='F' start='0' end='31' type='S'/>";
    assertRefused("nests structures deeper", genxml(struct(loop)));
  }

  @Test
  void damagedFilesAreReadOrRefusedButNothingElse() {
    long seed = 20_261_120;
    var random = new Random(seed);
    byte[] good = genxml(COMMAND).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      try {
        SpecLoader.load("bad.xml", name -> new ByteArrayInputStream(bad));
      } catch (SpecException e) {
        assertOneLine(e);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
  }

  private static void assertFieldRefused(String why, String attributes) {
    String type = attributes.contains("type=") ? "" : " type='uint'";
    assertRefused(why, genxml(struct("<field name='F' " + attributes + type + "/>")));
  }

  private static String struct(String members) {
    return "<struct name='S' length='1'>" + members + "</struct>";
  }

  private static void assertRefused(String why, String file) {
    String message = refusal("bad.xml", Map.of("bad.xml", file));
    assertTrue(message.contains(why), message);
  }

  private static String refusal(String file, Map<String, String> files) {
    var refused = assertThrows(SpecException.class, () -> load(file, files));
    assertOneLine(refused);
    return refused.getMessage();
  }

  private static void assertOneLine(SpecException refused) {
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
  }

  private static Spec load(String definitions) {
    return load("test.xml", Map.of("test.xml", genxml(definitions)));
  }

  private static Spec load(String file, Map<String, String> files) {
    return SpecLoader.load(
        file,
        name -> {
          String text = files.get(name);
          if (text == null) throw new FileNotFoundException("no such file");
          return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        });
  }

  private static String genxml(String definitions) {
    return "<genxml name=\"test\" gen=\"12\">\n" + definitions + "</genxml>\n";
  }
}

package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is packed by the build is what the data files say. */
class PackedSpecTest {
  private final Spec loaded = SpecLoader.load("gen12.xml", SpecLoader.builtIn());
  private final Spec packed = PackedSpec.gen12();

  @Test
  void packedAndLoadedAreEqual() {
    assertEquals(List.copyOf(loaded.enums()), List.copyOf(packed.enums()));
    assertEquals(List.copyOf(loaded.structs()), List.copyOf(packed.structs()));
    assertEquals(List.copyOf(loaded.commands()), List.copyOf(packed.commands()));
    assertEquals(List.copyOf(loaded.registers()), List.copyOf(packed.registers()));
  }
}

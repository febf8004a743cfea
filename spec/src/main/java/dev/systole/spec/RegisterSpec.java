package dev.systole.spec;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A register, or a row of like ones, or rows of them.
 *
 * @param offsetBytes from the engine's base or, without engines, in BAR 0
 * @param engines the classes of engines that have one each; empty: there is one in the device
 * @param masked whether bits 31 to 16 of a write say which of bits 15 to 0 it changes
 * @param count how many there are in a row, {@code strideBytes} apart
 * @param rows how many rows there are, {@code rowStrideBytes} apart
 */
public record RegisterSpec(
    String name,
    int offsetBytes,
    Set<EngineClass> engines,
    int lengthDwords,
    boolean masked,
    int count,
    int strideBytes,
    int rows,
    int rowStrideBytes,
    List<Member> members) {
  public RegisterSpec {
    var classes = EnumSet.noneOf(EngineClass.class);
    classes.addAll(engines);
    engines = Collections.unmodifiableSet(classes);
    members = List.copyOf(members);
  }
}

package dev.systole.spec;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A command.
 *
 * @param engines the classes of engines that know it
 * @param header what identifies it: the first dword with everything else zero
 * @param headerMask the bits of the first dword that identify it (gen12-commands.md 1.1)
 * @param lengthMask the bits that hold the length less {@code bias}, from bit 0; 0: fixed length
 * @param bias what is added to the length field, in dwords
 * @param lengthDwords the length when operands do not change it; else the length field decides
 */
public record CommandSpec(
    String name,
    Set<EngineClass> engines,
    int header,
    int headerMask,
    int lengthMask,
    int bias,
    OptionalInt lengthDwords,
    List<Member> members) {
  private static final String LENGTH_FIELD = "DWord Length";

  /** The identity is the defaults in the upper half of the first dword (mesa-igt-tools.md 6.1). */
  private static final int FIRST_HEADER_BIT = 16;

  public CommandSpec {
    engines = Collections.unmodifiableSet(EnumSet.copyOf(engines));
    members = List.copyOf(members);
  }

  static CommandSpec of(
      String name,
      Set<EngineClass> engines,
      int bias,
      OptionalInt lengthDwords,
      List<Member> members) {
    int header = 0;
    int headerMask = 0;
    int lengthMask = 0;
    for (Member member : members) {
      if (!(member instanceof FieldSpec field) || field.endBit() >= Integer.SIZE) continue;
      if (field.name().equals(LENGTH_FIELD)) lengthMask = maskOf(field);
      if (field.startBit() < FIRST_HEADER_BIT || field.defaultValue().isEmpty()) continue;
      headerMask |= maskOf(field);
      header |= (int) field.defaultValue().getAsLong() << field.startBit();
    }
    return new CommandSpec(
        name, engines, header, headerMask, lengthMask, bias, lengthDwords, members);
  }

  /** The length, in dwords, of the command that begins with this dword. */
  public int lengthDwords(int dw0) {
    return lengthMask == 0 ? lengthDwords.orElse(1) : (dw0 & lengthMask) + bias;
  }

  /** The field of that name, if there is one outside repeated groups. */
  public Optional<FieldSpec> field(String name) {
    return members.stream()
        .<FieldSpec>mapMulti(
            (member, found) -> {
              if (member instanceof FieldSpec field) found.accept(field);
            })
        .filter(field -> field.name().equals(name))
        .findFirst();
  }

  boolean matches(int dw0) {
    return (dw0 & headerMask) == header;
  }

  /**
   * How many defaults of the first dword this dword has: more, where two commands share a header.
   */
  int likeness(int dw0) {
    int like = 0;
    for (Member member : members) {
      if (member instanceof FieldSpec field
          && field.endBit() < Integer.SIZE
          && field.defaultValue().isPresent()
          && (dw0 & maskOf(field)) >>> field.startBit() == field.defaultValue().getAsLong()) {
        like++;
      }
    }
    return like;
  }

  private static int maskOf(FieldSpec field) {
    return -1 >>> Integer.SIZE - field.bits() << field.startBit();
  }
}

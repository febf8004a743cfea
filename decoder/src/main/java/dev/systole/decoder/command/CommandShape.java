package dev.systole.decoder.command;

import dev.systole.spec.CommandSpec;
import dev.systole.spec.FieldSpec;
import dev.systole.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** How a command of the spec is laid out: its operands at each of the lengths it can have. */
public final class CommandShape {
  private static final String LENGTH_FIELD = "DWord Length";

  /** Opcode bits have a default and lie in the upper half of the first dword. */
  private static final int FIRST_OPCODE_BIT = 16;

  /** Operands of longer commands are found anew each time: they are rare, and long. */
  private static final int MAX_KEPT_DWORDS = 64;

  private final Spec spec;
  private final CommandSpec command;

  /** By length; filled when first needed. Races are harmless: equal immutable lists. */
  private final List<List<Operand>> operands = new ArrayList<>();

  CommandShape(Spec spec, CommandSpec command) {
    this.spec = spec;
    this.command = command;
    for (int length = 0; length <= MAX_KEPT_DWORDS; length++) operands.add(null);
  }

  public String name() {
    return command.name();
  }

  /** The length that a first dword asks for, in dwords. */
  public int lengthDwords(int header) {
    return Math.max(1, command.lengthDwords(header));
  }

  /** The fields that say something, of so many dwords of the command. */
  public List<Operand> operands(int lengthDwords) {
    if (lengthDwords > MAX_KEPT_DWORDS) return findOperands(lengthDwords);
    List<Operand> known = operands.get(lengthDwords);
    if (known == null) {
      known = findOperands(lengthDwords);
      operands.set(lengthDwords, known);
    }
    return known;
  }

  private List<Operand> findOperands(int lengthDwords) {
    return spec.fields(command.members(), lengthDwords).stream()
        .filter(CommandShape::isOperand)
        .map(field -> new Operand(spec, field))
        .toList();
  }

  private static boolean isOperand(FieldSpec field) {
    if (field.endBit() >= Integer.SIZE) return true;
    boolean opcode = field.startBit() >= FIRST_OPCODE_BIT && field.defaultValue().isPresent();
    return !opcode && !field.name().equals(LENGTH_FIELD);
  }

  List<Field> fields(Dwords dwords) {
    return operands(dwords.size()).stream()
        .map(operand -> new Field(operand, operand.value(dwords)))
        .toList();
  }
}

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

  /** Operands of longer commands are found anew each time: no length field of eight bits is. */
  private static final int MAX_KEPT_DWORDS = 257;

  private final Spec spec;
  private final CommandSpec command;

  /** By length, as far as known; replaced, not changed. A race costs time, nothing else. */
  private volatile List<List<Operand>> operands = List.of();

  CommandShape(Spec spec, CommandSpec command) {
    this.spec = spec;
    this.command = command;
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
    List<List<Operand>> known = operands;
    List<Operand> found = lengthDwords < known.size() ? known.get(lengthDwords) : null;
    return found != null ? found : learnOperands(lengthDwords);
  }

  private List<Operand> learnOperands(int lengthDwords) {
    var more = new ArrayList<>(operands);
    while (more.size() <= lengthDwords) more.add(null);
    List<Operand> found = findOperands(lengthDwords);
    more.set(lengthDwords, found);
    operands = more;
    return found;
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

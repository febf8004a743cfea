package dev.systole.decoder;

import dev.systole.decoder.command.Field;
import dev.systole.decoder.command.KnownCommand;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Operand;
import dev.systole.decoder.command.SemaphoreWait;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.Buffer;
import dev.systole.decoder.stream.CommandStream;
import dev.systole.spec.FieldType;
import dev.systole.spec.gen12.MiCommands;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes the fields of commands, one a line, then a line with the flags that are set. */
final class FieldText {
  /** In the first dword of all commands that mention a register (gen12-commands.md part 2). */
  private static final int ADD_CS_MMIO_START_OFFSET =
      MiCommands.MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET;

  private final AsciiWriter out;

  FieldText(AsciiWriter out) {
    this.out = out;
  }

  void write(CommandStream engine, KnownCommand command, int indent) throws IOException {
    List<Operand> operands = command.shape().operands(command.dwords().size());
    boolean flags = false;
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      long value = operand.value(command.dwords());
      if (operand.isFlag()) {
        flags |= value != 0;
      } else if (!operand.isMute(value)) {
        out.spaces(indent).text(operand.name()).text(": ");
        value(operand, value);
        note(engine, command, operand, value);
        out.newLine();
      }
    }
    if (flags) flags(command, operands, indent);
  }

  private void value(Operand operand, long value) throws IOException {
    boolean number = !operand.hasNames() && operand.field().type() == FieldType.Plain.UINT;
    if (number && value >= 0 && value <= Field.MAX_DECIMAL) out.decimal((int) value);
    else out.text(new Field(operand, value).text());
  }

  /** Behind a register's offset its name, behind an address the captured buffer it lies in. */
  private void note(CommandStream engine, KnownCommand command, Operand operand, long value)
      throws IOException {
    if (!operand.isAddress() || value == 0) return;
    boolean polled = command instanceof SemaphoreWait wait && wait.pollsRegister();
    if (polled || operand.isRegisterOffset()) {
      boolean relative = !polled && (command.header() & ADD_CS_MMIO_START_OFFSET) != 0;
      Optional<String> name = engine.registerName((int) value, relative);
      if (name.isPresent()) out.text(" (").text(name.get()).text(")");
    } else if (operand.field().type() == FieldType.Plain.ADDRESS) {
      buffer(engine, value);
    }
  }

  private void buffer(CommandStream engine, long address) throws IOException {
    Optional<Buffer> buffer = engine.memory().bufferAt(address);
    if (buffer.isEmpty()) return;
    long offset = new Location(Space.PPGTT, address).address() - buffer.get().start().address();
    out.text(" (").foreign(buffer.get().name()).text(" + 0x");
    out.text(Long.toHexString(offset)).text(")");
  }

  private void flags(KnownCommand command, List<Operand> operands, int indent) throws IOException {
    String before = "Flags: ";
    out.spaces(indent);
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      if (!operand.isFlag() || operand.value(command.dwords()) == 0) continue;
      out.text(before).text(operand.name());
      before = ", ";
    }
    out.newLine();
  }
}

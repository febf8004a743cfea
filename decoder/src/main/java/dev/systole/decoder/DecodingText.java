package dev.systole.decoder;

import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.KnownCommand;
import dev.systole.decoder.stream.CommandStream;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.ExecutionPoint;
import dev.systole.decoder.stream.StreamElement;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.decoder.stream.StreamElement.JumpNotFollowed;
import dev.systole.decoder.stream.StreamElement.SectionEnd;
import dev.systole.decoder.stream.StreamElement.SectionStart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes streams of commands for people: a line per command with its address, first dword and name,
 * then its fields; flags that are set share a line. A batch is indented below the command that
 * starts it. {@code <-- HUNG} marks the command of the hang. A blank line parts the engines.
 */
public final class DecodingText {
  private static final int LEVEL_INDENT = 2;
  private static final int FIELD_INDENT = 6;

  /** Of an unknown command no more dwords are shown. */
  private static final int MAX_UNKNOWN_DWORDS = 64;

  private static final int DWORDS_PER_LINE = 8;

  private final AsciiWriter out;
  private final FieldText fields;
  private final boolean withFields;
  private boolean first = true;

  /**
   * @param withFields whether the fields of commands are written, or only their names
   */
  public DecodingText(OutputStream out, boolean withFields) {
    this.out = new AsciiWriter(out);
    fields = new FieldText(this.out);
    this.withFields = withFields;
  }

  /** Writes all engines; leaves the stream open. */
  public void write(Decoding decoding) throws IOException {
    for (EngineStream engine : decoding.engines()) writeEngine(engine);
    out.flush();
  }

  /** Writes the commands of one engine; leaves the stream open. */
  public void write(CommandStream engine) throws IOException {
    writeEngine(engine);
    out.flush();
  }

  private void writeEngine(CommandStream engine) throws IOException {
    if (!first) out.newLine();
    first = false;
    out.foreign(engine.headline()).newLine();
    if (engine.point().isPresent()) point(engine.point().get());
    try {
      engine.forEach(element -> write(engine, element));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void point(ExecutionPoint point) throws IOException {
    out.spaces(LEVEL_INDENT).text("IPEHR ").dword(point.header()).text(" is ").text(point.name());
    if (point.command().isPresent()) {
      out.text(" at ").text(point.command().get().location().toString());
    }
    out.text("; ACTHD ").address(point.fetch().address()).text(" is ");
    out.text(point.relation().toString()).newLine();
  }

  private void write(CommandStream engine, StreamElement element) {
    try {
      switch (element) {
        case SectionStart start -> sectionStart(start);
        case CommandRead read -> command(engine, read);
        case JumpNotFollowed jump -> notFollowed(jump);
        case SectionEnd end -> sectionEnd(end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sectionStart(SectionStart start) throws IOException {
    indent(start.level()).text("[").foreign(start.buffer()).text(" at ");
    out.text(start.location().toString());
    if (start.level() > 0) out.text(", level ").decimal(start.level());
    out.text("]").newLine();
  }

  private void sectionEnd(SectionEnd end) throws IOException {
    String why =
        switch (end.reason()) {
          case BATCH_BUFFER_END, JUMP -> null;
          case TAIL -> "tail of the ring";
          case ALREADY_DECODED -> "from here on decoded above";
          case RAN_OUT -> "the captured buffer ends, the batch does not";
          case DAMAGED -> "the buffer's capture is damaged and ends here";
        };
    if (why == null) return;
    indent(end.level()).address(end.location().address()).text(": [").text(why).text("]").newLine();
  }

  private void notFollowed(JumpNotFollowed jump) throws IOException {
    indent(jump.level() + 1).text("[").text(jump.target().toString()).text(": ");
    out.text(jump.reason().toString()).text("]").newLine();
  }

  private void command(CommandStream engine, CommandRead read) throws IOException {
    Command command = read.command();
    indent(read.level()).address(read.location().address()).text(": ");
    out.dword(command.header()).text(" ").text(command.name());
    if (engine.point().isPresent() && engine.point().get().isAt(read)) mark(engine, read);
    out.newLine();
    if (command.missingDwords() > 0) {
      fieldLine(read.level(), "cut off, dwords missing").decimal(command.missingDwords()).newLine();
    }
    if (!withFields) return;
    if (command instanceof KnownCommand known) {
      fields.write(engine, known, read.level() * LEVEL_INDENT + FIELD_INDENT);
    } else {
      dwords(command, read.level());
    }
  }

  private void mark(CommandStream engine, CommandRead read) throws IOException {
    out.text(engine.isHung(read) ? "  <-- HUNG (ACTHD " : "  <-- was here (ACTHD ");
    ExecutionPoint point = engine.point().get();
    out.text(point.relation().toString()).text(")");
  }

  private void dwords(Command command, int level) throws IOException {
    int count = Math.min(command.dwords().size(), MAX_UNKNOWN_DWORDS);
    for (int i = 0; i < count; i++) {
      if (i % DWORDS_PER_LINE == 0) indent(level).spaces(FIELD_INDENT);
      out.dword(command.dwords().get(i));
      boolean lineEnd = i % DWORDS_PER_LINE == DWORDS_PER_LINE - 1 || i == count - 1;
      if (lineEnd) out.newLine();
      else out.text(" ");
    }
    int more = command.dwords().size() - count;
    if (more > 0) fieldLine(level, "more dwords").decimal(more).newLine();
  }

  private AsciiWriter indent(int level) throws IOException {
    return out.spaces(level * LEVEL_INDENT);
  }

  private AsciiWriter fieldLine(int level, String name) throws IOException {
    return indent(level).spaces(FIELD_INDENT).text(name).text(": ");
  }
}

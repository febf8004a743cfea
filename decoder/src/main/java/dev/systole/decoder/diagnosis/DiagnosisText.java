package dev.systole.decoder.diagnosis;

import java.io.IOException;
import java.util.List;

/**
 * Writes a diagnosis for people: for each hung engine three sentences (where it hangs, why, how
 * sure that is), the evidence, and what to look at next.
 */
public final class DiagnosisText {
  private DiagnosisText() {}

  public static void write(Diagnosis diagnosis, Appendable out) throws IOException {
    boolean first = true;
    for (EngineDiagnosis engine : diagnosis.hung()) {
      if (!first) out.append('\n');
      first = false;
      writeHung(engine, out);
    }
    for (EngineDiagnosis engine : diagnosis.waiting()) {
      if (!first) out.append('\n');
      first = false;
      out.append(engine.engine()).append(" did not hang");
      if (engine.command().isPresent()) {
        out.append("; it stood at ").append(engine.command().get().toString());
      }
      out.append(". ").append(engine.cause().sentence()).append(".\n");
      list("Evidence", engine.evidence(), out);
    }
    if (!first && !diagnosis.notes().isEmpty()) out.append('\n');
    for (String note : diagnosis.notes()) out.append("Note: ").append(note).append(".\n");
  }

  private static void writeHung(EngineDiagnosis engine, Appendable out) throws IOException {
    out.append(engine.engine()).append(" hangs");
    if (engine.command().isPresent()) {
      out.append(" at ").append(engine.command().get().toString());
    }
    if (engine.process().isPresent()) {
      out.append(", running ").append(engine.process().get().toString());
    }
    out.append(". ").append(engine.cause().sentence());
    out.append(" (").append(engine.cause().id()).append("). ");
    out.append("Confidence: ").append(engine.confidence().id()).append(".\n");
    list("Evidence", engine.evidence(), out);
    list("Next", engine.next(), out);
  }

  private static void list(String title, List<String> lines, Appendable out) throws IOException {
    if (lines.isEmpty()) return;
    out.append("  ").append(title).append(":\n");
    for (String line : lines) out.append("  - ").append(line).append('\n');
  }
}

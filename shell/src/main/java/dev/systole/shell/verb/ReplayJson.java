package dev.systole.shell.verb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.systole.replayer.Divergence;
import dev.systole.replayer.HardwareExperiment;
import dev.systole.replayer.Levels;
import dev.systole.replayer.NewTrace;
import dev.systole.shell.cli.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** What {@code systole replay} says as JSON: an object a line. */
final class ReplayJson {
  private ReplayJson() {}

  static void write(Comparison comparison, OutputStream out) throws IOException {
    try (var lines = new JsonLines(out)) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeStringField("level", comparison.level());
      json.writeNumberField("events", comparison.events());
      writeDivergence(json, comparison.replayed().divergence());
      JsonLines.writeStrings(json, "unfinished", comparison.replayed().unfinished());
      json.writeEndObject();
      lines.endLine();
    }
  }

  static void write(HardwareExperiment result, OutputStream out) throws IOException {
    try (var lines = new JsonLines(out)) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeStringField("level", Levels.BUS);
      writeDivergence(json, result.divergence());
      JsonLines.writeStrings(json, "faultsNotFired", result.faultsNotFired());
      JsonLines.writeStrings(json, "unfinished", result.unfinished());
      JsonLines.writeStrings(json, "expected", result.expected());
      json.writeEndObject();
      lines.endLine();
    }
  }

  static void write(NewTrace hung, String name, OutputStream out) throws IOException {
    try (var lines = new JsonLines(out)) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeStringField("file", name);
      json.writeNumberField("events", hung.events());
      json.writeNumberField("contentBytes", hung.contentBytes());
      json.writeNumberField("virtualNanos", hung.virtualNanos());
      JsonLines.writeStrings(json, "faultsNotFired", hung.faultsNotFired());
      json.writeStringField("trouble", hung.trouble().orElse(null));
      json.writeEndObject();
      lines.endLine();
    }
  }

  private static void writeDivergence(JsonGenerator json, Optional<Divergence> divergence)
      throws IOException {
    json.writeBooleanField("identical", divergence.isEmpty());
    if (divergence.isEmpty()) return;
    json.writeNumberField("divergedAt", divergence.get().event());
    json.writeStringField("report", divergence.get().report());
  }
}

package dev.systole.decoder.diagnosis;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.systole.decoder.command.Hex;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes a diagnosis for programs, as one JSON object.
 *
 * <ul>
 *   <li>{@code hung}: the hung engines, those to blame first; each with
 *       <ul>
 *         <li>{@code engine}: {@code "rcs0"}
 *         <li>{@code process}: {@code {"name","pid"}}, or null
 *         <li>{@code hungCommand}: {@code {"name","address","guessed"}}; the address as {@code
 *             "0x…"} or null, {@code guessed} true where what was captured does not hold the
 *             command and ACTHD only suggests the address; null without the registers that tell it
 *         <li>{@code cause}: the identifier of a {@link Cause}
 *         <li>{@code confidence}: {@code "high"}, {@code "medium"} or {@code "low"}
 *         <li>{@code evidence} and {@code next}: sentences
 *       </ul>
 *   <li>{@code waiting}: engines that did not hang but wait for one that does, the same, but {@code
 *       command} in place of {@code hungCommand}
 *   <li>{@code notes}: sentences about the dump
 * </ul>
 */
public final class DiagnosisJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private DiagnosisJson() {}

  /** Writes one line; leaves the stream open. */
  public static void write(Diagnosis diagnosis, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      engines("hung", "hungCommand", diagnosis.hung(), json);
      engines("waiting", "command", diagnosis.waiting(), json);
      strings("notes", diagnosis.notes(), json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void engines(
      String name, String commandName, List<EngineDiagnosis> engines, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (EngineDiagnosis engine : engines) {
      json.writeStartObject();
      json.writeStringField("engine", engine.engine());
      process(engine, json);
      json.writeFieldName(commandName);
      command(engine, json);
      json.writeStringField("cause", engine.cause().id());
      json.writeStringField("confidence", engine.confidence().id());
      strings("evidence", engine.evidence(), json);
      strings("next", engine.next(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void process(EngineDiagnosis engine, JsonGenerator json) throws IOException {
    if (engine.process().isEmpty()) {
      json.writeNullField("process");
      return;
    }
    json.writeObjectFieldStart("process");
    json.writeStringField("name", engine.process().get().name());
    json.writeNumberField("pid", engine.process().get().pid());
    json.writeEndObject();
  }

  private static void command(EngineDiagnosis engine, JsonGenerator json) throws IOException {
    if (engine.command().isEmpty()) {
      json.writeNull();
      return;
    }
    HungCommand command = engine.command().get();
    json.writeStartObject();
    json.writeStringField("name", command.name());
    if (command.address().isPresent()) {
      json.writeStringField("address", Hex.address(command.address().getAsLong()));
    } else {
      json.writeNullField("address");
    }
    json.writeBooleanField("guessed", command.guessed());
    json.writeEndObject();
  }

  private static void strings(String name, List<String> strings, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String string : strings) json.writeString(string);
    json.writeEndArray();
  }
}

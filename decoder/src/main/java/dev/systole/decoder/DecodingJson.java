package dev.systole.decoder;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.Field;
import dev.systole.decoder.command.Hex;
import dev.systole.decoder.stream.CommandStream;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.spec.FieldType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Writes a decoding for programs: one JSON object per line and command, in the order of execution.
 *
 * <ul>
 *   <li>{@code engine}: {@code "rcs0"}
 *   <li>{@code buffer}: the buffer it lies in: {@code "ring"}, {@code "batch"}, {@code "user"}, …
 *   <li>{@code level}: 0 in the ring, one more for each call
 *   <li>{@code address}: {@code "0xfffeffef00bc"}, without the upper 16 bits
 *   <li>{@code dwords}: all its dwords, {@code ["0x7b000005", …]}
 *   <li>{@code name}: {@code "3DPRIMITIVE"}, or {@code "unknown"}
 *   <li>{@code fields}: by the name of the field; {@code true} or {@code false}, a number, or a
 *       string: the name of the value, or hexadecimal for addresses and what is wider than a dword
 *   <li>{@code hung}: whether it is the command at which the engine hangs
 * </ul>
 */
public final class DecodingJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private DecodingJson() {}

  /** Writes all engines; leaves the stream open. */
  public static void write(Decoding decoding, OutputStream out) throws IOException {
    for (EngineStream engine : decoding.engines()) write(engine, out);
  }

  /** Writes the commands of one engine; leaves the stream open. */
  public static void write(CommandStream engine, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      engine.forEach(
          element -> {
            if (element instanceof CommandRead read) write(engine, read, json);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(CommandStream engine, CommandRead read, JsonGenerator json) {
    Command command = read.command();
    try {
      json.writeStartObject();
      json.writeStringField("engine", engine.name());
      json.writeStringField("buffer", read.buffer());
      json.writeNumberField("level", read.level());
      json.writeStringField("address", Hex.address(read.location().address()));
      json.writeArrayFieldStart("dwords");
      for (int i = 0; i < command.dwords().size(); i++) {
        json.writeString(Hex.dword(command.dwords().get(i)));
      }
      json.writeEndArray();
      json.writeStringField("name", command.name());
      json.writeObjectFieldStart("fields");
      for (Field field : command.fields()) write(field, json);
      json.writeEndObject();
      json.writeBooleanField("hung", engine.isHung(read));
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Field field, JsonGenerator json) throws IOException {
    json.writeFieldName(field.name());
    Optional<String> name = field.valueName();
    if (name.isPresent()) {
      json.writeString(name.get());
      return;
    }
    switch (field.operand().field().type()) {
      case FieldType.Plain.BOOL -> json.writeBoolean(field.value() != 0);
      case FieldType.Plain.FLOAT -> json.writeNumber(Float.intBitsToFloat((int) field.value()));
      case FieldType.Plain.INT -> json.writeNumber(field.value());
      case FieldType.Fixed _ -> json.writeNumber(field.text());
      case FieldType.Plain _, FieldType.Named _ -> writeUnsigned(field, json);
    }
  }

  private static void writeUnsigned(Field field, JsonGenerator json) throws IOException {
    boolean number = field.operand().field().bits() <= Integer.SIZE && !field.operand().isAddress();
    if (number) json.writeNumber(field.value());
    else json.writeString(field.text());
  }
}

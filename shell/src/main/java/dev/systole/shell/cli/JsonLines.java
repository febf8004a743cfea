package dev.systole.shell.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** JSON as the verbs write it: one value a line, in UTF-8; addresses are {@code "0x…"}. */
public final class JsonLines implements Closeable {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator generator;

  /** Closing leaves {@code stream} open. */
  public JsonLines(OutputStream stream) throws IOException {
    generator = FACTORY.createGenerator(stream).setPrettyPrinter(new MinimalPrettyPrinter(""));
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** Write one value here, then {@link #endLine}. */
  public JsonGenerator value() {
    return generator;
  }

  /** Writes a field that is an array of strings. */
  public static void writeStrings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) json.writeString(value);
    json.writeEndArray();
  }

  public void endLine() throws IOException {
    generator.writeRaw('\n');
  }

  @Override
  public void close() throws IOException {
    generator.close();
  }
}

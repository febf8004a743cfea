package dev.systole.trace.coding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes CBOR into memory with definite lengths throughout, so that equal values give equal bytes
 * and a reader needs no more than the basics of RFC 8949.
 */
public final class CborOut {
  static final CBORFactory FACTORY = new CBORFactory();

  private final ByteArrayOutputStream out;
  private final CBORGenerator generator;

  public CborOut(int expectedBytes) {
    out = new ByteArrayOutputStream(expectedBytes);
    try {
      generator = FACTORY.createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /** A map of that many entries follows. */
  public CborOut map(int entries) {
    return wrote(() -> generator.writeStartObject(null, entries));
  }

  public CborOut endMap() {
    return wrote(generator::writeEndObject);
  }

  /** An array of that many elements follows. */
  public CborOut array(int elements) {
    return wrote(() -> generator.writeStartArray(null, elements));
  }

  public CborOut endArray() {
    return wrote(generator::writeEndArray);
  }

  public CborOut key(String name) {
    return wrote(() -> generator.writeFieldName(name));
  }

  public CborOut key(long number) {
    return wrote(() -> generator.writeFieldId(number));
  }

  public CborOut integer(long value) {
    return wrote(() -> generator.writeNumber(value));
  }

  public CborOut text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return wrote(() -> generator.writeUTF8String(utf8, 0, utf8.length));
  }

  public CborOut bytes(byte[] source, int length) {
    return wrote(() -> generator.writeBinary(source, 0, length));
  }

  public CborOut bytes(byte[] source) {
    return bytes(source, source.length);
  }

  /** What was written. */
  public byte[] toBytes() {
    wrote(generator::close);
    return out.toByteArray();
  }

  private interface Step {
    void run() throws IOException;
  }

  private CborOut wrote(Step step) {
    try {
      step.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }
}

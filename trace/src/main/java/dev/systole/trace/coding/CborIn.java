package dev.systole.trace.coding;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads CBOR from memory, one value after the other. Whatever is not there, or is something else
 * than was asked for, is a {@link BadContentException}; nothing is allocated that the bytes do not
 * hold.
 */
public final class CborIn {

  /** Reads the value of an entry, or skips it. */
  @FunctionalInterface
  public interface EntryReader {
    void read(String key) throws IOException;
  }

  /** Reads an element of an array. */
  @FunctionalInterface
  public interface ElementReader {
    void read() throws IOException;
  }

  private final JsonParser parser;
  private JsonToken token;

  public CborIn(byte[] bytes, int offset, int length) throws IOException {
    parser = CborOut.FACTORY.createParser(bytes, offset, length);
    advance();
  }

  /**
   * Hands the key of every entry to the reader, which must take its value. Integer keys in decimal.
   */
  public void map(EntryReader entry) throws IOException {
    expect(JsonToken.START_OBJECT);
    while (token != JsonToken.END_OBJECT) {
      expectHere(JsonToken.FIELD_NAME);
      String key = parsed(parser::currentName);
      advance();
      entry.read(key);
    }
    advance();
  }

  /** Calls the reader for every element, which it must take. */
  public void array(ElementReader element) throws IOException {
    expect(JsonToken.START_ARRAY);
    while (token != JsonToken.END_ARRAY) {
      if (token == null) throw endsEarly();
      element.read();
    }
    advance();
  }

  /** Whether a text follows. */
  public boolean isText() {
    return token == JsonToken.VALUE_STRING;
  }

  /** Goes into an array; {@link #endArray} leaves it. */
  public void startArray() throws IOException {
    expect(JsonToken.START_ARRAY);
  }

  /** Whether the array that was gone into has another element. */
  public boolean hasElement() throws IOException {
    if (token == null) throw endsEarly();
    return token != JsonToken.END_ARRAY;
  }

  public void endArray() throws IOException {
    expect(JsonToken.END_ARRAY);
  }

  public long integer() throws IOException {
    expectHere(JsonToken.VALUE_NUMBER_INT);
    long value = parsed(parser::getLongValue);
    advance();
    return value;
  }

  public String text() throws IOException {
    expectHere(JsonToken.VALUE_STRING);
    String value = parsed(parser::getText);
    advance();
    return value;
  }

  public byte[] bytes() throws IOException {
    expectHere(JsonToken.VALUE_EMBEDDED_OBJECT);
    byte[] value = parsed(parser::getBinaryValue);
    advance();
    return value;
  }

  /** Passes over one value, whatever it is. */
  public void skip() throws IOException {
    if (token == null) throw endsEarly();
    parsed(parser::skipChildren);
    advance();
  }

  /** Checks that nothing follows. */
  public void end() throws IOException {
    if (token != null) throw new BadContentException("something follows the CBOR value");
  }

  private void expect(JsonToken wanted) throws IOException {
    expectHere(wanted);
    advance();
  }

  private void expectHere(JsonToken wanted) throws IOException {
    if (token == null) throw endsEarly();
    if (token != wanted)
      throw new BadContentException("CBOR has " + token + " in place of " + wanted);
  }

  private void advance() throws IOException {
    token = parsed(parser::nextToken);
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  private static <T> T parsed(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (JacksonException e) {
      throw new BadContentException("bad CBOR: " + e.getOriginalMessage());
    }
  }

  private static BadContentException endsEarly() {
    return new BadContentException("the CBOR value ends early");
  }
}

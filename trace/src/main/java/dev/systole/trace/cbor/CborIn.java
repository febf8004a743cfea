package dev.systole.trace.cbor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CBOR from memory. Whatever is not there, or is something else than was asked for, is an
 * {@link IOException}; nothing is allocated that the bytes do not hold.
 */
public final class CborIn {
  private static final int DEEPEST = 64;

  private final JsonParser parser;

  /** A value in memory: Long, String, Boolean, byte[], List or Map from text. */
  public static Object read(byte[] bytes, int offset, int length) throws IOException {
    try (JsonParser parser = CborOut.FACTORY.createParser(bytes, offset, length)) {
      var in = new CborIn(parser);
      Object value = in.value(parser.nextToken(), 0);
      if (parser.nextToken() != null) throw new IOException("something follows the CBOR value");
      return value;
    }
  }

  private CborIn(JsonParser parser) {
    this.parser = parser;
  }

  private Object value(JsonToken token, int depth) throws IOException {
    if (token == null) throw new IOException("the CBOR value ends early");
    if (depth > DEEPEST) throw new IOException("the CBOR value nests too deep");
    return switch (token) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
      case START_ARRAY -> array(depth);
      case START_OBJECT -> map(depth);
      case NOT_AVAILABLE, END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_NUMBER_FLOAT, VALUE_NULL ->
          throw new IOException("the CBOR value holds " + token);
    };
  }

  private List<Object> array(int depth) throws IOException {
    var values = new ArrayList<Object>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) values.add(value(token, depth + 1));
    return values;
  }

  private Map<String, Object> map(int depth) throws IOException {
    var entries = new LinkedHashMap<String, Object>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      if (token != JsonToken.FIELD_NAME) throw new IOException("a CBOR map holds no key");
      String key = parser.currentName();
      entries.put(key, value(parser.nextToken(), depth + 1));
    }
    return entries;
  }
}

package dev.systole.trace;

import dev.systole.trace.event.Blob;
import dev.systole.trace.event.Value;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.FieldType;
import java.util.List;

/**
 * Prints any event of any trace, by nothing but the schema in the file.
 *
 * <pre>
 * 17 2400 triangle[7]/main register-read offset=0x2034 widthBytes=4 value=0x1
 * {"number":17,"time":2400,"lane":"triangle[7]/main","kind":"register-read","fields":{"offset":"0x2034",…}}
 * </pre>
 *
 * A call's event has {@code "call"} behind {@code "kind"}. Hexadecimal integers are JSON strings,
 * bytes are hexadecimal digits, those that stand apart {@code {"sha256":…,"bytes":N}}.
 */
public final class EventPrinter {
  private EventPrinter() {}

  /** The event as one line of text. */
  public static String text(EventCursor event) {
    var out = new StringBuilder();
    out.append(event.number()).append(' ').append(event.timeNanos()).append(' ');
    out.append(event.lane()).append(' ').append(event.kind().name());
    event.call().ifPresent(call -> out.append(' ').append(call.name()));
    List<Field> fields = event.fieldsOfFile();
    List<Value> values = event.values();
    for (int i = 0; i < fields.size(); i++) {
      out.append(' ').append(fields.get(i).name()).append('=');
      value(out, fields.get(i).type(), values.get(i), Style.TEXT);
    }
    return out.toString();
  }

  /** The event as one JSON object without line breaks. */
  public static String json(EventCursor event) {
    var out = new StringBuilder();
    out.append("{\"number\":").append(event.number());
    out.append(",\"time\":").append(event.timeNanos()).append(",\"lane\":");
    quoted(out, event.lane().toString());
    quoted(out.append(",\"kind\":"), event.kind().name());
    event.call().ifPresent(call -> quoted(out.append(",\"call\":"), call.name()));
    out.append(",\"fields\":");
    struct(out, event.fieldsOfFile(), event.values(), Style.JSON);
    return out.append('}').toString();
  }

  private enum Style {
    TEXT,
    JSON
  }

  private static void struct(
      StringBuilder out, List<Field> fields, List<Value> values, Style style) {
    out.append('{');
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) out.append(',');
      if (style == Style.JSON) quoted(out, fields.get(i).name());
      else out.append(fields.get(i).name());
      out.append(style == Style.JSON ? ':' : '=');
      value(out, fields.get(i).type(), values.get(i), style);
    }
    out.append('}');
  }

  private static void value(StringBuilder out, FieldType type, Value value, Style style) {
    switch (value) {
      case Value.Int(long number) -> integer(out, type, number, style);
      case Value.Bool(boolean truth) -> out.append(truth);
      case Value.Text(String text) -> quoted(out, text);
      case Value.Bytes(Blob blob) -> bytes(out, blob, style);
      case Value.Chosen(int place, Value chosen) -> {
        Field alternative = ((FieldType.OneOf) type).alternatives().get(place);
        struct(out, List.of(alternative), List.of(chosen), style);
      }
      case Value.Maybe(var inner) -> {
        FieldType innerType = ((FieldType.Maybe) type).value();
        inner.ifPresentOrElse(
            present -> value(out, innerType, present, style), () -> out.append("null"));
      }
      case Value.Fields(var values) ->
          struct(out, ((FieldType.Struct) type).fields(), values, style);
      case Value.Items(var items) -> {
        FieldType element = ((FieldType.ListOf) type).element();
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
          if (i > 0) out.append(',');
          value(out, element, items.get(i), style);
        }
        out.append(']');
      }
    }
  }

  private static void integer(StringBuilder out, FieldType type, long number, Style style) {
    String text = Long.toString(number);
    boolean word = false;
    if (type instanceof FieldType.Hex) {
      text = "0x" + Long.toHexString(number);
      word = true;
    } else if (type instanceof FieldType.Enumeration(var names)
        && number >= 0
        && number < names.size()) {
      text = names.get((int) number);
      word = true;
    }
    if (word && style == Style.JSON) quoted(out, text);
    else out.append(text);
  }

  private static void bytes(StringBuilder out, Blob blob, Style style) {
    if (style == Style.TEXT) out.append(blob);
    else if (blob.hash().isEmpty()) quoted(out, blob.toString());
    else
      out.append("{\"sha256\":\"")
          .append(blob.hash().get())
          .append("\",\"bytes\":")
          .append(blob.lengthBytes())
          .append('}');
  }

  /** A JSON string (RFC 8259): quotes, backslashes and control characters are escaped. */
  private static void quoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ' || c == 0x7F) out.append("\\u%04x".formatted((int) c));
      else out.append(c);
    }
    out.append('"');
  }
}

package dev.systole.trace;

import dev.systole.trace.cbor.CborOut;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.FieldType;
import dev.systole.trace.schema.Schema;
import java.util.List;
import java.util.Locale;

/**
 * The schema in CBOR.
 *
 * <pre>
 * schema = {kinds → [kind …], calls → [call …]}
 * kind   = {id → int, name → text, author → text, fields → [field …]}
 *        | {id → int, name → text, author → text, role → "enter" | "leave", door → text}
 * call   = {id → int, door → text, name → text, in → [field …], out → [field …]}
 * field  = [name, type] | [name, type, context]
 * type   = "int" | "hex" | "bool" | "text" | "bytes" | ["enum", name …] | ["list", type]
 *        | ["optional", type] | ["struct", field …]
 * author = "app" | "os" | "kmd" | "gpu" | "world"
 * door   = "app" | "ddi" | "callback"
 * </pre>
 */
final class SchemaCodec {
  private SchemaCodec() {}

  static void encode(CborOut out, Schema schema) {
    out.map(2).key("kinds").array(schema.kinds().size());
    schema.kinds().forEach(kind -> encode(out, kind));
    out.endArray().key("calls").array(schema.calls().size());
    schema.calls().forEach(call -> encode(out, call));
    out.endArray().endMap();
  }

  private static void encode(CborOut out, EventKind kind) {
    boolean ofCall = kind.role() != CallRole.NONE;
    out.map(ofCall ? 5 : 4).key("id").integer(kind.id()).key("name").text(kind.name());
    out.key("author").text(lower(kind.author()));
    if (ofCall) out.key("role").text(lower(kind.role())).key("door").text(lower(kind.door()));
    else fields(out.key("fields"), kind.fields());
    out.endMap();
  }

  private static void encode(CborOut out, CallType call) {
    out.map(5).key("id").integer(call.id()).key("door").text(lower(call.door()));
    out.key("name").text(call.name());
    fields(out.key("in"), call.in());
    fields(out.key("out"), call.out());
    out.endMap();
  }

  private static void fields(CborOut out, List<Field> fields) {
    out.array(fields.size());
    fields.forEach(field -> encode(out, field));
    out.endArray();
  }

  private static void encode(CborOut out, Field field) {
    out.array(field.context().isEmpty() ? 2 : 3).text(field.name());
    encode(out, field.type());
    if (!field.context().isEmpty()) out.text(field.context());
    out.endArray();
  }

  private static void encode(CborOut out, FieldType type) {
    switch (type) {
      case FieldType.Int _ -> out.text("int");
      case FieldType.Hex _ -> out.text("hex");
      case FieldType.Bool _ -> out.text("bool");
      case FieldType.Text _ -> out.text("text");
      case FieldType.Bytes _ -> out.text("bytes");
      case FieldType.Enumeration(var names) -> {
        out.array(1 + names.size()).text("enum");
        names.forEach(out::text);
        out.endArray();
      }
      case FieldType.ListOf(var element) -> {
        out.array(2).text("list");
        encode(out, element);
        out.endArray();
      }
      case FieldType.Maybe(var value) -> {
        out.array(2).text("optional");
        encode(out, value);
        out.endArray();
      }
      case FieldType.Struct(var fields) -> {
        out.array(1 + fields.size()).text("struct");
        fields.forEach(field -> encode(out, field));
        out.endArray();
      }
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

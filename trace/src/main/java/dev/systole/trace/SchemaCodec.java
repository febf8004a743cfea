package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.coding.CborIn;
import dev.systole.trace.coding.CborOut;
import dev.systole.trace.schema.Author;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.Door;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.FieldType;
import dev.systole.trace.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
 *        | ["optional", type] | ["struct", field …] | ["one-of", field …]
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
      case FieldType.Struct(var fields) -> encode(out, "struct", fields);
      case FieldType.OneOf(var alternatives) -> encode(out, "one-of", alternatives);
    }
  }

  /**
   * @throws BadContentException when it is no schema
   * @throws IllegalArgumentException when it is one that contradicts itself
   */
  static Schema decode(CborIn in) throws IOException {
    var kinds = new ArrayList<EventKind>();
    var calls = new ArrayList<CallType>();
    in.map(
        key -> {
          switch (key) {
            case "kinds" -> in.array(() -> kinds.add(kind(in)));
            case "calls" -> in.array(() -> calls.add(call(in)));
            default -> in.skip();
          }
        });
    return new Schema(kinds, calls);
  }

  private static EventKind kind(CborIn in) throws IOException {
    var entries = new Entries(in);
    CallRole role = entries.constant("role", CallRole.class, CallRole.NONE);
    return new EventKind(
        entries.id(),
        entries.name(),
        entries.constant("author", Author.class, null),
        role,
        entries.constant("door", Door.class, role == CallRole.NONE ? Door.APP : null),
        role == CallRole.NONE ? entries.fields("fields") : List.of());
  }

  private static CallType call(CborIn in) throws IOException {
    var entries = new Entries(in);
    return new CallType(
        entries.id(),
        entries.constant("door", Door.class, null),
        entries.name(),
        entries.fields("in"),
        entries.fields("out"));
  }

  /** The entries of a kind or of a call, which may stand in any order. */
  private static final class Entries {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<Field>> fields = new HashMap<>();
    private long id = -1;

    Entries(CborIn in) throws IOException {
      in.map(key -> entry(key, in));
    }

    private void entry(String key, CborIn in) throws IOException {
      switch (key) {
        case "id" -> id = in.integer();
        case "name", "author", "role", "door" -> texts.put(key, in.text());
        case "fields", "in", "out" -> fields.put(key, SchemaCodec.fields(in));
        default -> in.skip();
      }
    }

    int id() throws IOException {
      if (id != (int) id) throw new BadContentException("an id in the schema is " + id);
      return (int) id;
    }

    String name() throws IOException {
      return there("name", texts.get("name"));
    }

    List<Field> fields(String key) throws IOException {
      return there(key, fields.get(key));
    }

    <E extends Enum<E>> E constant(String key, Class<E> type, E absent) throws IOException {
      String name = texts.get(key);
      if (name == null) return there(key, absent);
      for (E constant : type.getEnumConstants()) if (lower(constant).equals(name)) return constant;
      throw new BadContentException("the schema has the " + key + " '" + name + "'");
    }

    private static <T> T there(String key, T value) throws IOException {
      if (value == null) throw new BadContentException("the schema has an entry without " + key);
      return value;
    }
  }

  private static List<Field> fields(CborIn in) throws IOException {
    var fields = new ArrayList<Field>();
    in.array(() -> fields.add(field(in, 0)));
    return fields;
  }

  private static Field field(CborIn in, int depth) throws IOException {
    in.startArray();
    String name = in.text();
    FieldType type = type(in, depth + 1);
    String context = in.hasElement() ? in.text() : "";
    in.endArray();
    return new Field(name, type, context);
  }

  private static FieldType type(CborIn in, int depth) throws IOException {
    if (depth > FieldType.MAX_DEPTH)
      throw new BadContentException("a type in the schema nests too deep");
    if (in.isText()) return simple(in.text());
    in.startArray();
    String name = in.text();
    FieldType type =
        switch (name) {
          case "list" -> new FieldType.ListOf(type(in, depth + 1));
          case "optional" -> new FieldType.Maybe(type(in, depth + 1));
          case "enum" -> {
            var names = new ArrayList<String>();
            while (in.hasElement()) names.add(in.text());
            yield new FieldType.Enumeration(names);
          }
          case "struct" -> new FieldType.Struct(fieldsToEnd(in, depth));
          case "one-of" -> new FieldType.OneOf(fieldsToEnd(in, depth));
          default -> throw new BadContentException("the schema has the type '" + name + "'");
        };
    in.endArray();
    return type;
  }

  private static List<Field> fieldsToEnd(CborIn in, int depth) throws IOException {
    var fields = new ArrayList<Field>();
    while (in.hasElement()) fields.add(field(in, depth));
    return fields;
  }

  private static FieldType simple(String name) throws IOException {
    return switch (name) {
      case "int" -> FieldType.INT;
      case "hex" -> FieldType.HEX;
      case "bool" -> FieldType.BOOL;
      case "text" -> FieldType.TEXT;
      case "bytes" -> FieldType.BYTES;
      default -> throw new BadContentException("the schema has the type '" + name + "'");
    };
  }

  private static void encode(CborOut out, String name, List<Field> fields) {
    out.array(1 + fields.size()).text(name);
    fields.forEach(field -> encode(out, field));
    out.endArray();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

package dev.systole.spec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one genxml file, element by element. */
final class GenxmlReader {
  private static final Pattern FIXED_POINT = Pattern.compile("([us])(\\d{1,2})\\.(\\d{1,2})");

  private static final int MAX_DEFINITIONS = 10_000;
  private static final int MAX_MEMBERS = 100_000;

  /** The longest command of Gen12 has 831 dwords, a context image 1024 in each page. */
  private static final int MAX_BITS = 1 << 20;

  private static final int MAX_LENGTH_DWORDS = MAX_BITS / Integer.SIZE;
  private static final int MAX_BIAS = 16;
  private static final int MAX_REPEATS = 4096;
  private static final int BAR_BYTES = 16 << 20;

  private final GenxmlCursor xml;
  private final Function<String, Definitions> imports;
  private final Definitions definitions = new Definitions();
  private int definitionCount;
  private int memberCount;

  GenxmlReader(String fileName, String text, Function<String, Definitions> imports) {
    xml = new GenxmlCursor(fileName, text);
    this.imports = imports;
  }

  Definitions read() {
    if (!xml.nextElement() || !xml.element().equals("genxml")) {
      throw xml.refused("the root is not <genxml>");
    }
    while (xml.nextElement()) {
      if (++definitionCount > MAX_DEFINITIONS) throw xml.refused("too many definitions");
      readDefinition();
    }
    return definitions;
  }

  private void readDefinition() {
    switch (xml.element()) {
      case "import" -> readImport();
      case "instruction" -> definitions.add(readCommand());
      case "struct" -> definitions.add(readStruct());
      case "enum" -> definitions.add(readEnum());
      case "register" -> definitions.add(readRegister());
      default -> throw xml.unexpected();
    }
  }

  private void readImport() {
    Definitions imported = imports.apply(xml.text("name"));
    while (xml.nextElement()) {
      if (!xml.element().equals("exclude")) throw xml.unexpected();
      imported.remove(xml.text("name"));
      xml.skipChildren();
    }
    definitions.addAll(imported);
  }

  private CommandSpec readCommand() {
    String name = xml.text("name");
    Set<EngineClass> engines = engines();
    int bias = xml.integer("bias", 0, MAX_BIAS, 0);
    int length = xml.integer("length", 1, MAX_LENGTH_DWORDS, 0);
    var lengthDwords = length == 0 ? OptionalInt.empty() : OptionalInt.of(length);
    return CommandSpec.of(name, engines, bias, lengthDwords, readMembers());
  }

  private StructSpec readStruct() {
    String name = xml.text("name");
    int length = xml.integer("length", 0, MAX_LENGTH_DWORDS, 0);
    return new StructSpec(name, length, readMembers());
  }

  private EnumSpec readEnum() {
    return new EnumSpec(xml.text("name"), readValues());
  }

  private RegisterSpec readRegister() {
    String name = xml.text("name");
    int offset = xml.integer("num", 0, BAR_BYTES, 0);
    var engines = "engine".equals(xml.attribute("base")) ? engines() : Set.<EngineClass>of();
    int length = xml.integer("length", 1, MAX_LENGTH_DWORDS, 1);
    boolean masked = Boolean.parseBoolean(xml.attribute("masked"));
    int count = xml.integer("count", 1, MAX_REPEATS, 1);
    int stride = xml.integer("stride", 0, BAR_BYTES, 0);
    int rows = xml.integer("rows", 1, MAX_REPEATS, 1);
    int rowStride = xml.integer("rowStride", 0, BAR_BYTES, 0);
    return new RegisterSpec(
        name, offset, engines, length, masked, count, stride, rows, rowStride, readMembers());
  }

  private List<Member> readMembers() {
    var members = new ArrayList<Member>();
    while (xml.nextElement()) {
      if (++memberCount > MAX_MEMBERS) throw xml.refused("too many fields");
      members.add(
          switch (xml.element()) {
            case "field" -> readField();
            case "group" -> readGroup();
            default -> throw xml.unexpected();
          });
    }
    return members;
  }

  private GroupSpec readGroup() {
    int start = xml.integer("start", 0, MAX_BITS, 0);
    int size = xml.integer("size", 1, MAX_BITS, 1);
    int count = xml.integer("count", 0, MAX_BITS, 0);
    return new GroupSpec(start, size, count, readMembers());
  }

  /** A fixed bit may have no name; it goes by its type. */
  private FieldSpec readField() {
    int start = xml.integer("start", 0, MAX_BITS, 0);
    int end = xml.integer("end", 0, MAX_BITS, start);
    String typeName = xml.text("type");
    FieldType type = type(typeName);
    boolean fixed = type == FieldType.Plain.MUST_BE_ONE || type == FieldType.Plain.MUST_BE_ZERO;
    String name = fixed && xml.attribute("name") == null ? typeName : xml.text("name");
    if (end < start) throw xml.refused("field '%s' ends before it starts".formatted(name));
    String value = xml.attribute("default");
    var defaultValue =
        value == null ? OptionalLong.empty() : OptionalLong.of(xml.number("default", value));
    return new FieldSpec(name, start, end, type, defaultValue, readValues());
  }

  private List<ValueSpec> readValues() {
    var values = new ArrayList<ValueSpec>();
    while (xml.nextElement()) {
      if (!xml.element().equals("value")) throw xml.unexpected();
      if (++memberCount > MAX_MEMBERS) throw xml.refused("too many values");
      values.add(new ValueSpec(xml.text("name"), xml.number("value", xml.text("value"))));
      xml.skipChildren();
    }
    return values;
  }

  private FieldType type(String name) {
    return switch (name) {
      case "uint" -> FieldType.Plain.UINT;
      case "int" -> FieldType.Plain.INT;
      case "bool" -> FieldType.Plain.BOOL;
      case "float" -> FieldType.Plain.FLOAT;
      case "address" -> FieldType.Plain.ADDRESS;
      case "offset" -> FieldType.Plain.OFFSET;
      case "mbo" -> FieldType.Plain.MUST_BE_ONE;
      case "mbz" -> FieldType.Plain.MUST_BE_ZERO;
      default -> {
        Matcher fixed = FIXED_POINT.matcher(name);
        if (!fixed.matches()) yield new FieldType.Named(name);
        int integerBits = Integer.parseInt(fixed.group(2));
        int fractionBits = Integer.parseInt(fixed.group(3));
        yield new FieldType.Fixed(fixed.group(1).equals("s"), integerBits, fractionBits);
      }
    };
  }

  /** Genxml's words for the classes of engines, and ours for the one that it leaves out. */
  private Set<EngineClass> engines() {
    String list = xml.attribute("engine");
    if (list == null) return EnumSet.allOf(EngineClass.class);
    var engines = EnumSet.noneOf(EngineClass.class);
    for (String word : list.split("\\|")) {
      engines.add(
          switch (word) {
            case "render" -> EngineClass.RENDER;
            case "blitter" -> EngineClass.COPY;
            case "video" -> EngineClass.VIDEO;
            case "video-enhance" -> EngineClass.VIDEO_ENHANCE;
            case "compute" -> EngineClass.COMPUTE;
            default -> throw xml.refused("engine '%s' is unknown".formatted(word));
          });
    }
    return engines;
  }
}

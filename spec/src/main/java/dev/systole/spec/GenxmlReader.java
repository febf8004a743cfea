package dev.systole.spec;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads one genxml file. Document types, entities and deep nesting are refused. */
final class GenxmlReader {
  private static final XMLInputFactory FACTORY = secureFactory();
  private static final Pattern FIXED_POINT = Pattern.compile("([us])(\\d{1,2})\\.(\\d{1,2})");

  /** genxml, instruction, groups in groups, field, value. */
  private static final int MAX_DEPTH = 12;

  private static final int MAX_DEFINITIONS = 10_000;
  private static final int MAX_MEMBERS = 100_000;

  /** The longest command of Gen12 has 831 dwords, a context image 1024 in each page. */
  private static final int MAX_BITS = 1 << 20;

  private static final int MAX_LENGTH_DWORDS = MAX_BITS / Integer.SIZE;
  private static final int MAX_BIAS = 16;
  private static final int MAX_REPEATS = 4096;
  private static final int BAR_BYTES = 16 << 20;

  private final String fileName;
  private final Function<String, Definitions> imports;
  private final XMLStreamReader xml;
  private final Definitions definitions = new Definitions();
  private int definitionCount;
  private int memberCount;
  private int depth;

  GenxmlReader(String fileName, String text, Function<String, Definitions> imports) {
    this.fileName = fileName;
    this.imports = imports;
    try {
      xml = FACTORY.createXMLStreamReader(new StringReader(text));
    } catch (XMLStreamException e) {
      throw new SpecException(fileName + ": not XML: " + firstLine(e));
    }
  }

  private static XMLInputFactory secureFactory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }

  Definitions read() {
    try {
      if (!nextElement() || !xml.getLocalName().equals("genxml")) {
        throw refused("the root is not <genxml>");
      }
      while (nextElement()) {
        if (++definitionCount > MAX_DEFINITIONS) throw refused("too many definitions");
        readDefinition();
      }
      return definitions;
    } catch (XMLStreamException e) {
      throw new SpecException(fileName + ": not XML: " + firstLine(e));
    }
  }

  private void readDefinition() throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "import" -> readImport();
      case "instruction" -> definitions.add(readCommand());
      case "struct" -> definitions.add(readStruct());
      case "enum" -> definitions.add(readEnum());
      case "register" -> definitions.add(readRegister());
      default -> throw unexpected();
    }
  }

  private void readImport() throws XMLStreamException {
    Definitions imported = imports.apply(text("name"));
    while (nextElement()) {
      if (!xml.getLocalName().equals("exclude")) throw unexpected();
      imported.remove(text("name"));
      skipChildren();
    }
    definitions.addAll(imported);
  }

  private CommandSpec readCommand() throws XMLStreamException {
    String name = text("name");
    Set<EngineClass> engines = engines();
    int bias = integer("bias", 0, MAX_BIAS, 0);
    int length = integer("length", 1, MAX_LENGTH_DWORDS, 0);
    var lengthDwords = length == 0 ? OptionalInt.empty() : OptionalInt.of(length);
    return CommandSpec.of(name, engines, bias, lengthDwords, readMembers());
  }

  private StructSpec readStruct() throws XMLStreamException {
    String name = text("name");
    int length = integer("length", 0, MAX_LENGTH_DWORDS, 0);
    return new StructSpec(name, length, readMembers());
  }

  private EnumSpec readEnum() throws XMLStreamException {
    return new EnumSpec(text("name"), readValues());
  }

  private RegisterSpec readRegister() throws XMLStreamException {
    String name = text("name");
    int offset = integer("num", 0, BAR_BYTES, 0);
    var engines = "engine".equals(attribute("base")) ? engines() : Set.<EngineClass>of();
    int length = integer("length", 1, MAX_LENGTH_DWORDS, 1);
    boolean masked = Boolean.parseBoolean(attribute("masked"));
    int count = integer("count", 1, MAX_REPEATS, 1);
    int stride = integer("stride", 0, BAR_BYTES, 0);
    return new RegisterSpec(name, offset, engines, length, masked, count, stride, readMembers());
  }

  private List<Member> readMembers() throws XMLStreamException {
    var members = new ArrayList<Member>();
    while (nextElement()) {
      if (++memberCount > MAX_MEMBERS) throw refused("too many fields");
      members.add(
          switch (xml.getLocalName()) {
            case "field" -> readField();
            case "group" -> readGroup();
            default -> throw unexpected();
          });
    }
    return members;
  }

  private GroupSpec readGroup() throws XMLStreamException {
    int start = integer("start", 0, MAX_BITS, 0);
    int size = integer("size", 1, MAX_BITS, 1);
    int count = integer("count", 0, MAX_BITS, 0);
    return new GroupSpec(start, size, count, readMembers());
  }

  /** A fixed bit may have no name; it goes by its type. */
  private FieldSpec readField() throws XMLStreamException {
    int start = integer("start", 0, MAX_BITS, 0);
    int end = integer("end", 0, MAX_BITS, start);
    String typeName = text("type");
    FieldType type = type(typeName);
    boolean fixed = type == FieldType.Plain.MUST_BE_ONE || type == FieldType.Plain.MUST_BE_ZERO;
    String name = fixed && attribute("name") == null ? typeName : text("name");
    if (end < start) throw refused("field '%s' ends before it starts".formatted(name));
    String value = attribute("default");
    var defaultValue =
        value == null ? OptionalLong.empty() : OptionalLong.of(number("default", value));
    return new FieldSpec(name, start, end, type, defaultValue, readValues());
  }

  private List<ValueSpec> readValues() throws XMLStreamException {
    var values = new ArrayList<ValueSpec>();
    while (nextElement()) {
      if (!xml.getLocalName().equals("value")) throw unexpected();
      if (++memberCount > MAX_MEMBERS) throw refused("too many values");
      values.add(new ValueSpec(text("name"), number("value", text("value"))));
      skipChildren();
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
    String list = attribute("engine");
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
            default -> throw refused("engine '%s' is unknown".formatted(word));
          });
    }
    return engines;
  }

  /** Steps to the next child; false: at the end of the parent. */
  private boolean nextElement() throws XMLStreamException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > MAX_DEPTH) throw refused("nested too deep");
          return true;
        }
        case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
          depth--;
          return false;
        }
        case XMLStreamConstants.DTD -> throw refused("a document type is not allowed");
        case XMLStreamConstants.ENTITY_REFERENCE -> throw refused("entities are not allowed");
        default -> {}
      }
    }
    return false;
  }

  private void skipChildren() throws XMLStreamException {
    if (nextElement()) throw unexpected();
  }

  private String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  private String text(String attribute) {
    String value = attribute(attribute);
    if (value == null || value.isEmpty()) {
      throw refused("<%s> has no %s".formatted(xml.getLocalName(), attribute));
    }
    return value;
  }

  private int integer(String attribute, int least, int most, int otherwise) {
    String value = attribute(attribute);
    if (value == null) return otherwise;
    long number = number(attribute, value);
    if (number < least || number > most) {
      throw refused("%s %s is not between %d and %d".formatted(attribute, value, least, most));
    }
    return (int) number;
  }

  private long number(String attribute, String value) {
    try {
      return Long.decode(value);
    } catch (NumberFormatException e) {
      throw refused("%s '%s' is not a number".formatted(attribute, value));
    }
  }

  private SpecException unexpected() {
    return refused("<%s> is not expected here".formatted(xml.getLocalName()));
  }

  private SpecException refused(String why) {
    return new SpecException(
        "%s:%d: %s".formatted(fileName, xml.getLocation().getLineNumber(), why));
  }

  private static String firstLine(XMLStreamException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}

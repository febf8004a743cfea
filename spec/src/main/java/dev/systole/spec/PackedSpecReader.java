package dev.systole.spec;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what {@link PackedSpecWriter} wrote. */
final class PackedSpecReader {
  private static final FieldType.Plain[] PLAIN = FieldType.Plain.values();
  private static final EngineClass[] ENGINES = EngineClass.values();

  @FunctionalInterface
  private interface Element<T> {
    T read() throws IOException;
  }

  private final DataInputStream data;
  private final List<String> strings = new ArrayList<>();

  PackedSpecReader(DataInputStream data) {
    this.data = data;
  }

  Spec spec() throws IOException {
    List<EnumSpec> enums = list(this::enumeration);
    List<StructSpec> structs = list(this::struct);
    List<CommandSpec> commands = list(this::command);
    return new Spec(commands, structs, enums, list(this::register));
  }

  private EnumSpec enumeration() throws IOException {
    return new EnumSpec(string(), list(this::value));
  }

  private StructSpec struct() throws IOException {
    return new StructSpec(string(), data.readInt(), list(this::member));
  }

  private CommandSpec command() throws IOException {
    String name = string();
    Set<EngineClass> engines = engines();
    int bias = data.readInt();
    int length = data.readInt();
    var lengthDwords = length == 0 ? OptionalInt.empty() : OptionalInt.of(length);
    return CommandSpec.of(name, engines, bias, lengthDwords, list(this::member));
  }

  private RegisterSpec register() throws IOException {
    return new RegisterSpec(
        string(),
        data.readInt(),
        engines(),
        data.readInt(),
        data.readBoolean(),
        data.readInt(),
        data.readInt(),
        data.readInt(),
        data.readInt(),
        list(this::member));
  }

  private Member member() throws IOException {
    int type = data.readUnsignedByte();
    return switch (type) {
      case PackedSpec.GROUP ->
          new GroupSpec(data.readInt(), data.readInt(), data.readInt(), list(this::member));
      case PackedSpec.FIXED_TYPE, PackedSpec.SIGNED_FIXED_TYPE ->
          field(
              new FieldType.Fixed(
                  type == PackedSpec.SIGNED_FIXED_TYPE, data.readByte(), data.readByte()));
      case PackedSpec.NAMED_TYPE -> field(new FieldType.Named(string()));
      default -> field(PLAIN[type]);
    };
  }

  private FieldSpec field(FieldType type) throws IOException {
    return new FieldSpec(
        string(),
        data.readInt(),
        data.readInt(),
        type,
        data.readBoolean() ? OptionalLong.of(data.readLong()) : OptionalLong.empty(),
        list(this::value));
  }

  private ValueSpec value() throws IOException {
    return new ValueSpec(string(), data.readLong());
  }

  private Set<EngineClass> engines() throws IOException {
    int bits = data.readByte();
    var engines = EnumSet.noneOf(EngineClass.class);
    for (EngineClass engine : ENGINES) {
      if ((bits >> engine.ordinal() & 1) != 0) engines.add(engine);
    }
    return engines;
  }

  private String string() throws IOException {
    int number = data.readUnsignedShort();
    if (number == strings.size()) strings.add(data.readUTF());
    return strings.get(number);
  }

  private <T> List<T> list(Element<T> element) throws IOException {
    int size = data.readUnsignedShort();
    var elements = new ArrayList<T>(size);
    for (int i = 0; i < size; i++) elements.add(element.read());
    return elements;
  }
}

package dev.systole.spec;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A {@link Spec} as the build stores it beside the classes, since parsing XML costs more than the
 * rest of a start of {@code systole decode}. Four lists (enumerations, structures, commands,
 * registers); a list is its size and its elements; a string stands where it occurs first and is a
 * number later. Only the build writes it, so a reader meets nothing but its own jar's.
 */
final class PackedSpec {
  static final String GEN12 = "gen12.spec";

  private static final int FIXED_TYPE = 0x80;
  private static final int SIGNED_FIXED_TYPE = 0x81;
  private static final int NAMED_TYPE = 0x82;
  private static final int GROUP = 0xff;

  private PackedSpec() {}

  /** Run by the build: packs Gen12's data into the given folder. */
  public static void main(String[] args) throws IOException {
    Spec spec = SpecLoader.load("gen12.xml", SpecLoader.builtIn());
    try (var output = Files.newOutputStream(Path.of(args[0], GEN12))) {
      write(spec, output);
    }
  }

  static Spec gen12() {
    try (InputStream input = PackedSpec.class.getResourceAsStream(GEN12)) {
      return read(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Spec spec, OutputStream output) throws IOException {
    try (var data = new DataOutputStream(new BufferedOutputStream(output))) {
      new Writer(data).spec(spec);
    }
  }

  static Spec read(InputStream input) throws IOException {
    return new Reader(new DataInputStream(new BufferedInputStream(input))).spec();
  }

  private record Writer(DataOutputStream data, Map<String, Integer> strings) {
    @FunctionalInterface
    private interface Element<T> {
      void write(T element) throws IOException;
    }

    Writer(DataOutputStream data) {
      this(data, new HashMap<>());
    }

    void spec(Spec spec) throws IOException {
      list(spec.enums(), this::enumeration);
      list(spec.structs(), this::struct);
      list(spec.commands(), this::command);
      list(spec.registers(), this::register);
    }

    private void enumeration(EnumSpec enumeration) throws IOException {
      string(enumeration.name());
      list(enumeration.values(), this::value);
    }

    private void struct(StructSpec struct) throws IOException {
      string(struct.name());
      data.writeInt(struct.lengthDwords());
      list(struct.members(), this::member);
    }

    private void command(CommandSpec command) throws IOException {
      string(command.name());
      engines(command.engines());
      data.writeInt(command.bias());
      data.writeInt(command.lengthDwords().orElse(0));
      list(command.members(), this::member);
    }

    private void register(RegisterSpec register) throws IOException {
      string(register.name());
      data.writeInt(register.offsetBytes());
      engines(register.engines());
      data.writeInt(register.lengthDwords());
      data.writeBoolean(register.masked());
      data.writeInt(register.count());
      data.writeInt(register.strideBytes());
      list(register.members(), this::member);
    }

    private void member(Member member) throws IOException {
      switch (member) {
        case FieldSpec field -> field(field);
        case GroupSpec group -> {
          data.writeByte(GROUP);
          data.writeInt(group.startBit());
          data.writeInt(group.sizeBits());
          data.writeInt(group.count());
          list(group.members(), this::member);
        }
      }
    }

    private void field(FieldSpec field) throws IOException {
      switch (field.type()) {
        case FieldType.Plain plain -> data.writeByte(plain.ordinal());
        case FieldType.Fixed(boolean signed, int integerBits, int fractionBits) -> {
          data.writeByte(signed ? SIGNED_FIXED_TYPE : FIXED_TYPE);
          data.writeByte(integerBits);
          data.writeByte(fractionBits);
        }
        case FieldType.Named(String name) -> {
          data.writeByte(NAMED_TYPE);
          string(name);
        }
      }
      string(field.name());
      data.writeInt(field.startBit());
      data.writeInt(field.endBit());
      data.writeBoolean(field.defaultValue().isPresent());
      if (field.defaultValue().isPresent()) data.writeLong(field.defaultValue().getAsLong());
      list(field.values(), this::value);
    }

    private void value(ValueSpec value) throws IOException {
      string(value.name());
      data.writeLong(value.value());
    }

    private void engines(Set<EngineClass> engines) throws IOException {
      int bits = 0;
      for (EngineClass engine : engines) bits |= 1 << engine.ordinal();
      data.writeByte(bits);
    }

    private void string(String string) throws IOException {
      int next = strings.size();
      Integer known = strings.putIfAbsent(string, next);
      data.writeShort(known == null ? next : known);
      if (known == null) data.writeUTF(string);
    }

    private <T> void list(Collection<T> elements, Element<T> element) throws IOException {
      data.writeShort(elements.size());
      for (T each : elements) element.write(each);
    }
  }

  private record Reader(DataInputStream data, List<String> strings) {
    private static final FieldType.Plain[] PLAIN = FieldType.Plain.values();
    private static final EngineClass[] ENGINES = EngineClass.values();

    @FunctionalInterface
    private interface Element<T> {
      T read() throws IOException;
    }

    Reader(DataInputStream data) {
      this(data, new ArrayList<>());
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
          list(this::member));
    }

    private Member member() throws IOException {
      int type = data.readUnsignedByte();
      return switch (type) {
        case GROUP ->
            new GroupSpec(data.readInt(), data.readInt(), data.readInt(), list(this::member));
        case FIXED_TYPE, SIGNED_FIXED_TYPE ->
            field(new FieldType.Fixed(type == SIGNED_FIXED_TYPE, data.readByte(), data.readByte()));
        case NAMED_TYPE -> field(new FieldType.Named(string()));
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
}

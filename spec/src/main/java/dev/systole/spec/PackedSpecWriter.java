package dev.systole.spec;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Writes what {@link PackedSpecReader} reads. */
final class PackedSpecWriter {
  @FunctionalInterface
  private interface Element<T> {
    void write(T element) throws IOException;
  }

  private final DataOutputStream data;
  private final Map<String, Integer> strings = new HashMap<>();

  PackedSpecWriter(DataOutputStream data) {
    this.data = data;
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
    data.writeInt(register.rows());
    data.writeInt(register.rowStrideBytes());
    list(register.members(), this::member);
  }

  private void member(Member member) throws IOException {
    switch (member) {
      case FieldSpec field -> field(field);
      case GroupSpec group -> {
        data.writeByte(PackedSpec.GROUP);
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
        data.writeByte(signed ? PackedSpec.SIGNED_FIXED_TYPE : PackedSpec.FIXED_TYPE);
        data.writeByte(integerBits);
        data.writeByte(fractionBits);
      }
      case FieldType.Named(String name) -> {
        data.writeByte(PackedSpec.NAMED_TYPE);
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

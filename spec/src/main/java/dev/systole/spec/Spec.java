package dev.systole.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The commands, structures, enumerations and registers of one generation, by name and by what a
 * dump holds: the first dword of a command, the offset of a register. Immutable.
 */
public final class Spec {
  /** Loaded when first asked for. */
  private static final class Gen12 {
    static final Spec INSTANCE = PackedSpec.gen12();
  }

  /** More than the longest real command has. */
  private static final int MAX_FIELDS = 1 << 16;

  private final Map<String, CommandSpec> commands;
  private final Map<String, StructSpec> structs;
  private final Map<String, EnumSpec> enums;
  private final Map<String, RegisterSpec> registers;
  private final Map<EngineClass, CommandIndex> commandIndex = new EnumMap<>(EngineClass.class);
  private final RegisterIndex registerIndex;

  Spec(
      Collection<CommandSpec> commands,
      Collection<StructSpec> structs,
      Collection<EnumSpec> enums,
      Collection<RegisterSpec> registers) {
    this.commands = byName(commands, CommandSpec::name);
    this.structs = byName(structs, StructSpec::name);
    this.enums = byName(enums, EnumSpec::name);
    this.registers = byName(registers, RegisterSpec::name);
    for (var engine : EngineClass.values()) commandIndex.put(engine, new CommandIndex());
    for (CommandSpec command : commands) {
      for (EngineClass engine : command.engines()) commandIndex.get(engine).add(command);
    }
    registerIndex = new RegisterIndex(registers);
  }

  /** What is known of Gen12 (Tiger Lake, Rocket Lake, Alder Lake, DG1). */
  public static Spec gen12() {
    return Gen12.INSTANCE;
  }

  /** The commands in the order of their definition. */
  public Collection<CommandSpec> commands() {
    return commands.values();
  }

  public Collection<StructSpec> structs() {
    return structs.values();
  }

  public Collection<EnumSpec> enums() {
    return enums.values();
  }

  public Collection<RegisterSpec> registers() {
    return registers.values();
  }

  /** The command of that name. */
  public Optional<CommandSpec> command(String name) {
    return Optional.ofNullable(commands.get(name));
  }

  /** The command that begins with this dword on an engine of this class. */
  public Optional<CommandSpec> command(int dw0, EngineClass engine) {
    return Optional.ofNullable(commandIndex.get(engine).find(dw0));
  }

  /**
   * The length of the command that begins with this dword, known or not (gen12-commands.md 1.2).
   *
   * @return dwords; 0 when the command is unknown and no rule tells its length
   */
  public int lengthDwords(int dw0, EngineClass engine) {
    CommandSpec command = commandIndex.get(engine).find(dw0);
    return command == null ? UnknownLength.lengthDwords(dw0, engine) : command.lengthDwords(dw0);
  }

  public Optional<StructSpec> struct(String name) {
    return Optional.ofNullable(structs.get(name));
  }

  public Optional<RegisterSpec> register(String name) {
    return Optional.ofNullable(registers.get(name));
  }

  /** The register at an offset of BAR 0. */
  public Optional<RegisterAt> register(int mmioOffset) {
    return registerIndex.find(mmioOffset);
  }

  /**
   * The fields of a command, structure or register of that length: groups are repeated ({@code
   * Data[2]}) and fields that are structures give way to theirs ({@code Entry.Valid}). Fields that
   * do not lie within the length are left out.
   */
  public List<FieldSpec> fields(List<Member> members, int lengthDwords) {
    var fields = new ArrayList<FieldSpec>(members.size());
    addFields(members, "", "", 0, lengthDwords * Integer.SIZE, fields);
    return fields;
  }

  private void addFields(
      List<Member> members, String prefix, String suffix, int origin, int end, List<FieldSpec> to) {
    for (Member member : members) {
      switch (member) {
        case FieldSpec field -> addField(field, prefix, suffix, origin, end, to);
        case GroupSpec group -> {
          int from = origin + group.startBit();
          for (int i = 0; group.count() == 0 || i < group.count(); i++) {
            int element = from + i * group.sizeBits();
            if (element >= end) break;
            addFields(group.members(), prefix, suffix + "[" + i + "]", element, end, to);
          }
        }
      }
    }
  }

  private void addField(
      FieldSpec field, String prefix, String suffix, int origin, int end, List<FieldSpec> to) {
    if (origin + field.endBit() >= end || to.size() == MAX_FIELDS) return;
    String name = prefix + field.name() + suffix;
    StructSpec struct =
        field.type() instanceof FieldType.Named(String type) ? structs.get(type) : null;
    if (struct == null) {
      to.add(origin == 0 && name.equals(field.name()) ? field : field.moved(name, origin));
    } else {
      addFields(struct.members(), name + ".", "", origin + field.startBit(), end, to);
    }
  }

  /**
   * The name of a value of a field, from the field itself or from the enumeration it has as type.
   */
  public Optional<String> valueName(FieldSpec field, long value) {
    Optional<String> own = field.valueName(value);
    if (own.isPresent() || !(field.type() instanceof FieldType.Named(String type))) return own;
    return Optional.ofNullable(enums.get(type)).flatMap(known -> known.valueName(value));
  }

  private static <T> Map<String, T> byName(Collection<T> things, Function<T, String> name) {
    var map = new LinkedHashMap<String, T>();
    for (T thing : things) map.put(name.apply(thing), thing);
    return Collections.unmodifiableMap(map);
  }
}

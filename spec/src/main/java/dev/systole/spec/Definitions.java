package dev.systole.spec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one file and its imports define; later definitions replace earlier ones of that name. */
final class Definitions {
  private static final int MAX_STRUCT_DEPTH = 8;

  /** Deeper than any: a structure met again while it is measured contains itself. */
  private static final int BEING_MEASURED = Integer.MAX_VALUE;

  private final Map<String, CommandSpec> commands = new LinkedHashMap<>();
  private final Map<String, StructSpec> structs = new LinkedHashMap<>();
  private final Map<String, EnumSpec> enums = new LinkedHashMap<>();
  private final Map<String, RegisterSpec> registers = new LinkedHashMap<>();

  void add(CommandSpec command) {
    commands.put(command.name(), command);
  }

  void add(StructSpec struct) {
    structs.put(struct.name(), struct);
  }

  void add(EnumSpec enumeration) {
    enums.put(enumeration.name(), enumeration);
  }

  void add(RegisterSpec register) {
    registers.put(register.name(), register);
  }

  void addAll(Definitions other) {
    commands.putAll(other.commands);
    structs.putAll(other.structs);
    enums.putAll(other.enums);
    registers.putAll(other.registers);
  }

  /** Genxml excludes by name alone, whatever the thing is. */
  void remove(String name) {
    commands.remove(name);
    structs.remove(name);
    enums.remove(name);
    registers.remove(name);
  }

  Spec spec() {
    return new Spec(commands.values(), structs.values(), enums.values(), registers.values());
  }

  /** Every type that a field names must be there, and structures nest a few levels at most. */
  void checkTypes(String fileName) {
    commands.values().forEach(c -> checkTypes(fileName, c.name(), c.members()));
    registers.values().forEach(r -> checkTypes(fileName, r.name(), r.members()));
    structs.values().forEach(s -> checkTypes(fileName, s.name(), s.members()));
    var depths = new HashMap<String, Integer>();
    structs.values().forEach(s -> depth(fileName, s, depths));
  }

  private void checkTypes(String fileName, String owner, List<Member> members) {
    for (Member member : members) {
      switch (member) {
        case GroupSpec group -> checkTypes(fileName, owner, group.members());
        case FieldSpec field -> {
          if (!(field.type() instanceof FieldType.Named(String type))) continue;
          if (structs.containsKey(type) || enums.containsKey(type)) continue;
          throw new SpecException(
              "%s: %s: field '%s' has the unknown type '%s'"
                  .formatted(fileName, owner, field.name(), type));
        }
      }
    }
  }

  private int depth(String fileName, StructSpec struct, Map<String, Integer> depths) {
    Integer known = depths.putIfAbsent(struct.name(), BEING_MEASURED);
    if (known != null && known != BEING_MEASURED) return known;
    int depth = known == null ? 1 + depth(fileName, struct.members(), depths) : BEING_MEASURED;
    if (depth > MAX_STRUCT_DEPTH) {
      throw new SpecException(
          "%s: struct %s nests structures deeper than %d levels"
              .formatted(fileName, struct.name(), MAX_STRUCT_DEPTH));
    }
    depths.put(struct.name(), depth);
    return depth;
  }

  private int depth(String fileName, List<Member> members, Map<String, Integer> depths) {
    int deepest = 0;
    for (Member member : members) {
      deepest =
          Math.max(
              deepest,
              switch (member) {
                case GroupSpec group -> depth(fileName, group.members(), depths);
                case FieldSpec field ->
                    field.type() instanceof FieldType.Named(String type)
                            && structs.get(type) instanceof StructSpec inner
                        ? depth(fileName, inner, depths)
                        : 0;
              });
    }
    return deepest;
  }
}

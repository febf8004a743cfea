package dev.systole.decoder.command;

import dev.systole.spec.FieldSpec;
import dev.systole.spec.FieldType;
import dev.systole.spec.Spec;
import java.util.Optional;

/**
 * A field with the names of its values at hand, since looking them up in the spec is too slow for
 * every command of a stream.
 */
public final class Operand {
  /** Values up to this have their names in a table. */
  private static final int MAX_TABLE = 256;

  private static final int TABLE_BITS = 8;

  private static final int NOT_SIMPLE = -1;

  private final Spec spec;
  private final FieldSpec field;

  /** The dword of a field that is a number within one; these are most, and read faster. */
  private final int simpleDword;

  private final String[] names;

  Operand(Spec spec, FieldSpec field) {
    this.spec = spec;
    this.field = field;
    boolean simple =
        (field.type() == FieldType.Plain.UINT || isFlag())
            && field.endBit() / Integer.SIZE == field.dword();
    simpleDword = simple ? field.dword() : NOT_SIMPLE;
    boolean named = !field.values().isEmpty() || field.type() instanceof FieldType.Named;
    names = named ? new String[Math.min(1 << Math.min(field.bits(), TABLE_BITS), MAX_TABLE)] : null;
    for (int value = 0; named && value < names.length; value++) {
      names[value] = spec.valueName(field, value).orElse(null);
    }
  }

  public String name() {
    return field.name();
  }

  public FieldSpec field() {
    return field;
  }

  /** The value in a command that is long enough to hold the field. */
  public long value(Dwords command) {
    if (simpleDword == NOT_SIMPLE) return command.value(field);
    int unused = Integer.SIZE - field.bits();
    int above = unused - field.startBit() % Integer.SIZE;
    return Integer.toUnsignedLong(command.get(simpleDword) << above >>> unused);
  }

  /** Whether some values have names. */
  public boolean hasNames() {
    return names != null;
  }

  /** The name of a value, if it has one. */
  public Optional<String> valueName(long value) {
    if (names == null) return Optional.empty();
    return value >= 0 && value < names.length
        ? Optional.ofNullable(names[(int) value])
        : spec.valueName(field, value);
  }

  /** Whether it is a yes or no, most of which are no. */
  public boolean isFlag() {
    return field.type() == FieldType.Plain.BOOL;
  }

  /** Whether it is a place in memory, or relative to one. */
  public boolean isAddress() {
    return field.type() == FieldType.Plain.ADDRESS || field.type() == FieldType.Plain.OFFSET;
  }

  /** Whether it is the MMIO offset of a register, by its name. */
  public boolean isRegisterOffset() {
    return field.type() == FieldType.Plain.OFFSET && field.name().contains("Register");
  }

  /** Whether the value says nothing: the only one allowed, or an option that is not used. */
  public boolean isMute(long value) {
    if (field.type() == FieldType.Plain.MUST_BE_ONE) return value == (1L << field.bits()) - 1;
    if (field.type() == FieldType.Plain.MUST_BE_ZERO) return value == 0;
    return value == 0 && field.endBit() < Integer.SIZE && !hasNames();
  }

  @Override
  public String toString() {
    return name();
  }
}

package dev.systole.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A field. Bits are counted from bit 0 of the first dword of what holds the field, which is 0 to 31
 * of the first dword, 32 to 63 of the second and so on; both ends are inclusive.
 *
 * @param values the field's own names for its values; of a {@link FieldType.Named} type there may
 *     be more in the enumeration ({@link Spec#valueName})
 */
public record FieldSpec(
    String name,
    int startBit,
    int endBit,
    FieldType type,
    OptionalLong defaultValue,
    List<ValueSpec> values)
    implements Member {
  public FieldSpec {
    values = List.copyOf(values);
  }

  /** The width; Mesa has fields of more than 64 bits, of which the first 64 are the value. */
  public int bits() {
    return endBit - startBit + 1;
  }

  /** The dword in which the field begins. */
  public int dword() {
    return startBit / Integer.SIZE;
  }

  /** The field's bits, shifted down. {@code dwords[origin]} is the first dword of the holder. */
  public long raw(int[] dwords, int origin) {
    int shift = startBit % Integer.SIZE;
    int bits = Math.min(bits(), Long.SIZE);
    int last = (startBit + bits - 1) / Integer.SIZE;
    long value = 0;
    for (int dword = last; dword > dword(); dword--) {
      value = value << Integer.SIZE | Integer.toUnsignedLong(dwords[origin + dword]);
    }
    int above = Integer.SIZE - shift;
    long low = Integer.toUnsignedLong(dwords[origin + dword()]) >>> shift;
    return (value << above | low) & -1L >>> Long.SIZE - bits;
  }

  /** The field's value: sign-extended when it is an integer, at its place when it is an address. */
  public long value(int[] dwords, int origin) {
    long raw = raw(dwords, origin);
    return switch (type) {
      case FieldType.Plain.INT -> {
        int unused = Math.max(Long.SIZE - bits(), 0);
        yield raw << unused >> unused;
      }
      case FieldType.Plain.ADDRESS, FieldType.Plain.OFFSET -> raw << startBit % Integer.SIZE;
      case FieldType.Plain _, FieldType.Fixed _, FieldType.Named _ -> raw;
    };
  }

  /** The name of a value, if the field itself has one for it. */
  Optional<String> valueName(long value) {
    return values.stream().filter(v -> v.value() == value).map(ValueSpec::name).findFirst();
  }

  /** The same field, further on and called otherwise. */
  FieldSpec moved(String newName, int bits) {
    return new FieldSpec(newName, startBit + bits, endBit + bits, type, defaultValue, values);
  }
}

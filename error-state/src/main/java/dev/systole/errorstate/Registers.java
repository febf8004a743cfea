package dev.systole.errorstate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * Register values by the name that the dump gives them ({@code ACTHD}, {@code RC PSMI}, {@code
 * SAMPLER_INSTDONE[0][3]}, {@code fence[2]}), in the order of the dump. A register that the dump
 * prints in two words (upper lower, or data 1, data 0) is one 64-bit value.
 *
 * @param values name to value; 32-bit values are not sign-extended
 */
public record Registers(SequencedMap<String, Long> values) {
  public static final Registers NONE = new Registers(new LinkedHashMap<>());

  public Registers {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /** The value, or nothing when the dump does not have the line. */
  public OptionalLong get(String name) {
    Long value = values.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The low 32 bits of a register that must be there. */
  public int dword(String name) {
    return (int) require(name);
  }

  /**
   * The value of a register that must be there.
   *
   * @throws IllegalArgumentException when it is not
   */
  public long require(String name) {
    Long value = values.get(name);
    if (value == null) throw new IllegalArgumentException("no value for register " + name);
    return value;
  }
}

package dev.systole.decoder.command;

import dev.systole.spec.FieldType;
import java.util.Optional;

/**
 * A field and what it holds.
 *
 * @param value sign-extended when it is an integer, with zeros below when it is an address
 */
public record Field(Operand operand, long value) {
  /** Larger numbers are mostly bit patterns, and better read in hexadecimal. */
  public static final long MAX_DECIMAL = 0xffff;

  /** The spec's name, {@code Data[2]} in a repeated group. */
  public String name() {
    return operand.name();
  }

  /** What the value is called, if it has a name. */
  public Optional<String> valueName() {
    return operand.valueName(value);
  }

  /** The value for people: named, as a number, or in hexadecimal when it is an address or large. */
  public String text() {
    Optional<String> name = valueName();
    if (name.isPresent()) return name.get() + " (" + value + ")";
    return switch (operand.field().type()) {
      case FieldType.Plain.BOOL -> value != 0 ? "true" : "false";
      case FieldType.Plain.INT -> Long.toString(value);
      case FieldType.Plain.FLOAT -> Float.toString(Float.intBitsToFloat((int) value));
      case FieldType.Plain.ADDRESS, FieldType.Plain.OFFSET -> hex();
      case FieldType.Fixed fixed -> Double.toString(fixedPoint(fixed));
      case FieldType.Plain _, FieldType.Named _ ->
          Long.compareUnsigned(value, MAX_DECIMAL) <= 0 ? Long.toString(value) : hex();
    };
  }

  private String hex() {
    int endBit = operand.field().startBit() % Integer.SIZE + operand.field().bits();
    if (endBit <= Integer.SIZE) return Hex.dword((int) value);
    return operand.field().type() == FieldType.Plain.ADDRESS ? Hex.address(value) : Hex.of(value);
  }

  private double fixedPoint(FieldType.Fixed type) {
    int unused = Long.SIZE - operand.field().bits();
    long number = type.signed() ? value << unused >> unused : value;
    return (double) number / (1L << type.fractionBits());
  }
}

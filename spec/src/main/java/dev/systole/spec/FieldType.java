package dev.systole.spec;

/** How the bits of a field are read (mesa-igt-tools.md 6.1). */
public sealed interface FieldType {
  /** The types without parameters. */
  enum Plain implements FieldType {
    UINT,
    /** Two's complement. */
    INT,
    BOOL,
    FLOAT,
    /** A graphics address; keeps its position, so the bits below the field are zero. */
    ADDRESS,
    /** Like an address, relative to some base. */
    OFFSET,
    MUST_BE_ONE,
    MUST_BE_ZERO
  }

  /** A fixed-point number; a signed one has a sign bit in front of its integer bits. */
  record Fixed(boolean signed, int integerBits, int fractionBits) implements FieldType {}

  /** A structure or an enumeration of the same {@link Spec}. */
  record Named(String name) implements FieldType {}
}

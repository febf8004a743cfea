package dev.systole.decoder.command;

import dev.systole.spec.FieldSpec;
import dev.systole.spec.RegisterAt;
import dev.systole.spec.Spec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Registers by their offset in BAR 0. */
public final class RegisterNames {
  private static final Pattern DONE_BIT = Pattern.compile(" (Done|Idle)$");

  private final Spec spec;

  public RegisterNames(Spec spec) {
    this.spec = spec;
  }

  /** {@code rcs0 RING_TAIL}, or {@code GDRST} where there is but one. */
  public Optional<String> name(int mmioOffset) {
    return spec.register(mmioOffset)
        .map(at -> at.engine().map(engine -> engine + " ").orElse("") + at.name());
  }

  /** What a value means there; nothing when the register is unknown or has no fields. */
  public List<Field> fields(int mmioOffset, int value) {
    return spec.register(mmioOffset).map(at -> fields(at, value)).orElse(List.of());
  }

  private List<Field> fields(RegisterAt at, int value) {
    Dwords register = Dwords.of(value);
    int before = at.dword() * Integer.SIZE;
    return spec.fields(at.spec().members(), at.spec().lengthDwords()).stream()
        .filter(field -> field.startBit() >= before && field.endBit() < before + Integer.SIZE)
        .map(field -> moved(field, before))
        .map(field -> new Operand(spec, field))
        .map(operand -> new Field(operand, operand.value(register)))
        .toList();
  }

  /**
   * The units that an INSTDONE register shows as busy: its bits are set when a unit is done.
   *
   * @param register its name in the spec, {@code SC_INSTDONE}
   */
  public List<String> busyUnits(String register, int value) {
    Dwords dwords = Dwords.of(value);
    return spec.register(register).stream()
        .flatMap(known -> spec.fields(known.members(), 1).stream())
        .filter(field -> DONE_BIT.matcher(field.name()).find() && dwords.value(field) == 0)
        .map(field -> DONE_BIT.matcher(field.name()).replaceFirst(""))
        .toList();
  }

  private static FieldSpec moved(FieldSpec field, int bits) {
    return new FieldSpec(
        field.name(),
        field.startBit() - bits,
        field.endBit() - bits,
        field.type(),
        field.defaultValue(),
        field.values());
  }
}

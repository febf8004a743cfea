package dev.systole.decoder.command;

import dev.systole.spec.FieldSpec;
import dev.systole.spec.RegisterAt;
import dev.systole.spec.Spec;
import java.util.List;
import java.util.Optional;

/** Registers by their offset in BAR 0. */
public final class RegisterNames {
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
        .map(field -> new Field(new Operand(spec, field), register.value(field)))
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

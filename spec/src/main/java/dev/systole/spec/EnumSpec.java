package dev.systole.spec;

import java.util.List;
import java.util.Optional;

/** An enumeration that fields share as their type. */
public record EnumSpec(String name, List<ValueSpec> values) {
  public EnumSpec {
    values = List.copyOf(values);
  }

  Optional<String> valueName(long value) {
    return values.stream().filter(v -> v.value() == value).map(ValueSpec::name).findFirst();
  }
}

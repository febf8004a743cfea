package dev.systole.errorstate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What an i915 error state says, as far as the file goes. The text it was read from stays with it,
 * so that it can be written back byte for byte.
 *
 * @param hang the hang message; absent in a live snapshot ({@code i915_gpu_info}) and in a file
 *     that lost its head
 * @param properties every {@code key: value} line outside the engine blocks that is no register, by
 *     its key, first one wins; a line that belongs to the one above it has that line's key in front
 *     ({@code GuC firmware status})
 * @param parameters the module's parameters without their {@code i915.}
 * @param registers those of the GT and the display, {@code GTIER[0]}, {@code FORCEWAKE}, {@code
 *     fence[31]}, {@code DERRMR}
 * @param engines in the order of the dump
 * @param globals objects of no engine
 * @param structureDamages what is wrong with the lines; see {@link #damages} for all
 * @param text the whole (unzipped) file
 */
public record ErrorState(
    Optional<HangMessage> hang,
    SequencedMap<String, String> properties,
    SequencedMap<String, String> parameters,
    Registers registers,
    List<EngineState> engines,
    List<CapturedObject> globals,
    List<Damage> structureDamages,
    Bytes text) {

  public ErrorState {
    properties = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(properties));
    parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    engines = List.copyOf(engines);
    globals = List.copyOf(globals);
    structureDamages = List.copyOf(structureDamages);
  }

  /** The value of a line outside the engine blocks: {@code property("Platform")}. */
  public Optional<String> property(String key) {
    return Optional.ofNullable(properties.get(key));
  }

  /** The kernel's release, without the machine that newer kernels add. */
  public Optional<String> kernelRelease() {
    return property("Kernel").map(value -> value.split(" ", 2)[0]);
  }

  /** {@code TIGERLAKE}; kernels before 4.13 do not say it. */
  public Optional<String> platform() {
    return property("Platform");
  }

  /** The device id, {@code 0x9a49}. */
  public OptionalInt pciId() {
    return property("PCI ID")
        .filter(value -> value.matches("0x[0-9a-fA-F]{1,4}"))
        .map(value -> OptionalInt.of(Integer.parseInt(value.substring(2), 16)))
        .orElse(OptionalInt.empty());
  }

  /** The engine of that name, {@code rcs0}. */
  public Optional<EngineState> engine(String name) {
    return engines.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }

  /** Whether nothing says that anything hung: a snapshot taken from a living machine. */
  public boolean liveSnapshot() {
    return hang.isEmpty() && engines.stream().noneMatch(EngineState::hung);
  }

  /** All captured objects in the order of the dump, those of no engine last. */
  public List<CapturedObject> objects() {
    return Stream.concat(
            engines.stream().flatMap(engine -> engine.objects().stream()), globals.stream())
        .toList();
  }

  /** Everything that is wrong with the file, in its order. Opens every object, which takes time. */
  public List<Damage> damages() {
    return Stream.concat(
            structureDamages.stream(),
            objects().stream().flatMap(object -> object.payload().damage().stream()))
        .sorted((a, b) -> Long.compare(a.offsetBytes(), b.offsetBytes()))
        .toList();
  }
}

package dev.systole.driver.core;

import dev.systole.spec.Engine;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the core is told when it is made.
 *
 * @param engines the engines to drive, which the device must have
 * @param scheduling who decides what runs next
 * @param tunables per engine
 * @param memoryBytes system memory, from bus address 0
 * @param bootEpochSeconds real time (Unix) of power-on, for the times in dumps
 */
public record CoreConfig(
    List<Engine> engines,
    Scheduling scheduling,
    Map<Engine, EngineTunables> tunables,
    long memoryBytes,
    long bootEpochSeconds) {
  private static final long MEMORY_BYTES = 4L << 30;
  private static final long BOOT_EPOCH_SECONDS = 1_750_000_000L;

  public CoreConfig {
    engines = List.copyOf(engines);
    tunables = Collections.unmodifiableMap(new EnumMap<>(tunables));
  }

  /** Tiger Lake with the engines that the model has, and default tunables. */
  public static CoreConfig tigerLake(Scheduling scheduling) {
    List<Engine> engines = List.of(Engine.RCS0, Engine.BCS0);
    var tunables = new EnumMap<Engine, EngineTunables>(Engine.class);
    engines.forEach(engine -> tunables.put(engine, EngineTunables.defaults(engine)));
    return new CoreConfig(engines, scheduling, tunables, MEMORY_BYTES, BOOT_EPOCH_SECONDS);
  }

  /** The same with other tunables for one engine. */
  public CoreConfig with(Engine engine, EngineTunables other) {
    var changed = new EnumMap<>(tunables);
    changed.put(engine, other);
    return new CoreConfig(engines, scheduling, changed, memoryBytes, bootEpochSeconds);
  }
}

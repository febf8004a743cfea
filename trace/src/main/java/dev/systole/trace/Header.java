package dev.systole.trace;

import dev.systole.trace.schema.Schema;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a trace says about itself.
 *
 * @param seed of the machine
 * @param platform "tgl"
 * @param frontEnd "wddm" or "drm"
 * @param levels at which it can be replayed, highest first: "app", "ddi", "bus"
 * @param workload its name
 * @param arguments of the workload, by name
 * @param faults as the user wrote them
 * @param modelVersion of the machine's behaviour and costs
 * @param toolVersion of the program that wrote it
 * @param origin where it comes from, if an edit or a replay made it
 * @param schema everything that its events may be
 */
public record Header(
    long seed,
    String platform,
    String frontEnd,
    List<String> levels,
    String workload,
    Map<String, String> arguments,
    List<String> faults,
    String modelVersion,
    String toolVersion,
    Optional<Origin> origin,
    Schema schema) {

  /**
   * Where a trace comes from.
   *
   * @param parent the trace that it was made of
   * @param operation what made it, in words
   */
  public record Origin(UUID parent, String operation) {}

  public Header {
    levels = List.copyOf(levels);
    arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    faults = List.copyOf(faults);
  }

  /** Names the trace: a hash of everything else in the header. */
  public UUID uuid() {
    return HeaderCodec.uuidOf(HeaderCodec.encodeWithoutUuid(this));
  }
}

package dev.systole.recorder.call;

import dev.systole.driver.door.Call;
import dev.systole.driver.door.Return;
import dev.systole.trace.EventCursor;
import dev.systole.trace.event.FieldMapping;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the calls of one file, which another version may have written. */
public final class CallReader {
  /** A call of the file as this version knows it, and whether its fields are still the same. */
  private record Known(CallCodec codec, boolean sameIn, boolean sameOut) {
    static Known of(CallType stored, CallCodec codec) {
      return new Known(
          codec,
          FieldMapping.isSame(stored.in(), codec.type().in()),
          FieldMapping.isSame(stored.out(), codec.type().out()));
    }
  }

  private final Map<Integer, Optional<Known>> knownById = new TreeMap<>();

  /** Of a file of which nothing is known yet. */
  public CallReader() {}

  /** The call that is entered, or nothing when this version has none of that name. */
  public Optional<Call<?>> entered(EventCursor event) {
    return known(event)
        .map(known -> known.codec().read(fields(event, known.sameIn(), known.codec().type().in())));
  }

  /** The result with which a call is left, or nothing when this version has no such call. */
  public Optional<Return> left(EventCursor event) {
    return known(event)
        .map(
            known ->
                known
                    .codec()
                    .readReturn(fields(event, known.sameOut(), known.codec().type().out())));
  }

  private Optional<Known> known(EventCursor event) {
    CallType stored = event.call().orElseThrow();
    return knownById.computeIfAbsent(
        stored.id(), id -> CallCatalog.get().of(stored).map(codec -> Known.of(stored, codec)));
  }

  private static FieldReader fields(EventCursor event, boolean same, List<Field> known) {
    if (same) return event.fields();
    return FieldReader.of(FieldMapping.map(event.fieldsOfFile(), event.values(), known));
  }
}

package dev.systole.gpu.fault;

import dev.systole.gpu.fault.FaultTarget.Group;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the syntax of faults, and refuses what makes no sense. */
final class FaultParser {
  private static final int TEXT_LENGTH_MAX = 200;

  /** Two keys of which only one can stand. */
  private record Conflict(FaultKey one, FaultKey other, String why) {}

  private static final String ONE_COMMAND = "command= is a single one already";
  private static final List<Conflict> CONFLICTS =
      List.of(
          new Conflict(FaultKey.COMMAND, FaultKey.NTH, ONE_COMMAND),
          new Conflict(FaultKey.COMMAND, FaultKey.NAME, ONE_COMMAND),
          new Conflict(FaultKey.COMMAND, FaultKey.PROBABILITY, ONE_COMMAND),
          new Conflict(FaultKey.NTH, FaultKey.PROBABILITY, "nth= leaves nothing to chance"),
          new Conflict(FaultKey.EVENT, FaultKey.TIME, "an event has its time"));

  private final String text;
  private final FaultValues value;
  private final Map<FaultKey, Long> values = new EnumMap<>(FaultKey.class);

  FaultParser(String text) {
    this.text = text;
    value = new FaultValues(text);
  }

  Fault parse() {
    if (text.length() > TEXT_LENGTH_MAX) {
      throw new FaultSyntaxException(
          text.substring(0, 20) + "…", "longer than " + TEXT_LENGTH_MAX + " characters");
    }
    int colon = text.indexOf(':');
    String head = colon < 0 ? text : text.substring(0, colon);
    int at = head.indexOf('@');
    FaultKind kind = kind(at < 0 ? head : head.substring(0, at));
    Optional<FaultTarget> target =
        at < 0 ? Optional.empty() : Optional.of(target(kind, head.substring(at + 1)));
    if (colon >= 0) {
      for (String part : text.substring(colon + 1).split(",", -1)) take(kind, part);
    }
    check(kind);
    return new Fault(text, kind, target, values, value.command());
  }

  private FaultKind kind(String word) {
    return FaultKind.byWord(word)
        .orElseThrow(
            () ->
                problem(
                    "no kind '%s'; there are %s",
                    word, list(List.of(FaultKind.values()), FaultKind::word)));
  }

  private FaultTarget target(FaultKind kind, String word) {
    if (kind.target() == Group.DEVICE) {
      throw problem("%s hits the device as a whole, not '%s'", kind.word(), word);
    }
    return FaultTarget.byWord(word)
        .filter(target -> target.group() == kind.target())
        .orElseThrow(() -> noTarget(kind, word));
  }

  private FaultSyntaxException noTarget(FaultKind kind, String word) {
    var possible =
        FaultTarget.all().stream().filter(target -> target.group() == kind.target()).toList();
    return problem(
        "%s hits %s, and '%s' is none; there are %s",
        kind.word(), kind.target().phrase(), word, list(possible, FaultTarget::word));
  }

  private void take(FaultKind kind, String part) {
    int equals = part.indexOf('=');
    String word = equals < 0 ? part : part.substring(0, equals);
    FaultKey key =
        FaultKey.byWord(word)
            .filter(kind.keys()::contains)
            .orElseThrow(
                () ->
                    problem(
                        "%s takes no '%s', but %s",
                        kind.word(), word, list(kind.keys(), FaultKey::form)));
    long number = value.of(key, equals < 0 ? "" : part.substring(equals + 1));
    if (values.put(key, number) != null) throw problem("%s= stands there twice", key.word());
  }

  private void check(FaultKind kind) {
    for (Conflict each : CONFLICTS) {
      if (values.containsKey(each.one()) && values.containsKey(each.other())) {
        throw problem(
            "%s= and %s= do not go together: %s",
            each.one().word(), each.other().word(), each.why());
      }
    }
    boolean chance = values.containsKey(FaultKey.PROBABILITY);
    if (values.containsKey(FaultKey.SEED) && !chance) throw problem("seed= without probability=");
    boolean position = values.containsKey(FaultKey.COMMAND);
    if (position && values.containsKey(FaultKey.ADDRESS) && !kind.hitsAddress()) {
      throw problem("command= and address= do not go together: " + ONE_COMMAND);
    }
    if (kind.occasion() == FaultOccasion.MOMENT) checkMoment(kind, chance);
  }

  private void checkMoment(FaultKind kind, boolean chance) {
    if (values.containsKey(FaultKey.REGISTER)) return;
    if (chance || values.containsKey(FaultKey.NTH)) {
      throw problem("nth= and probability= choose among accesses: register= is missing");
    }
    if (!values.containsKey(FaultKey.TIME) && !values.containsKey(FaultKey.EVENT)) {
      throw problem("%s has to be told when: time=, event= or register=", kind.word());
    }
  }

  private FaultSyntaxException problem(String format, Object... arguments) {
    return new FaultSyntaxException(text, format.formatted(arguments));
  }

  private static <T> String list(Collection<T> values, Function<T, String> name) {
    return values.stream().map(name).collect(Collectors.joining(", "));
  }
}

package dev.systole.gpu.fault;

import dev.systole.spec.Engine;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the syntax of faults. */
final class FaultParser {
  private static final int TEXT_LENGTH_MAX = 200;

  private final String text;
  private OptionalInt request = OptionalInt.empty();
  private OptionalInt command = OptionalInt.empty();
  private OptionalLong timeNanos = OptionalLong.empty();

  FaultParser(String text) {
    this.text = text;
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
    Optional<Engine> target =
        at < 0 ? Optional.empty() : Optional.of(engine(head.substring(at + 1)));
    if (colon >= 0) {
      for (String where : text.substring(colon + 1).split(",", -1)) takeWhere(where);
    }
    if (request.isEmpty() && command.isEmpty() && timeNanos.isEmpty()) request = OptionalInt.of(1);
    return new Fault(text, kind, target, request, command, timeNanos);
  }

  private FaultKind kind(String word) {
    return FaultKind.byWord(word)
        .orElseThrow(
            () ->
                problem(
                    "no kind '%s'; there are %s", word, list(FaultKind.values(), FaultKind::word)));
  }

  private Engine engine(String name) {
    return Arrays.stream(Engine.values())
        .filter(engine -> engine.kernelName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                problem(
                    "no engine '%s'; there are %s",
                    name, list(Engine.values(), Engine::kernelName)));
  }

  private void takeWhere(String where) {
    int equals = where.indexOf('=');
    String key = equals < 0 ? where : where.substring(0, equals);
    String value = equals < 0 ? "" : where.substring(equals + 1);
    switch (key) {
      case "request" -> request = count(key, value, request.isPresent());
      case "command" -> command = count(key, value, command.isPresent());
      case "time" -> timeNanos = time(value, timeNanos.isPresent());
      default ->
          throw problem(
              "no place '%s'; there are request=N, command=N and time=T (T: 20ms)", where);
    }
  }

  private OptionalInt count(String key, String value, boolean twice) {
    if (twice) throw problem("%s= stands there twice", key);
    try {
      int count = Integer.parseInt(value);
      if (count >= 1) return OptionalInt.of(count);
    } catch (NumberFormatException e) {
      // told below, like a number that is too small
    }
    throw problem("%s=%s: not a number from 1 to %d", key, value, Integer.MAX_VALUE);
  }

  private OptionalLong time(String value, boolean twice) {
    if (twice) throw problem("time= stands there twice");
    int unit = 0;
    while (unit < value.length() && "0123456789.".indexOf(value.charAt(unit)) >= 0) unit++;
    long nanos =
        switch (value.substring(unit)) {
          case "ns" -> 1;
          case "us" -> 1_000;
          case "ms" -> 1_000_000;
          case "s" -> 1_000_000_000;
          default -> throw problem("time=%s: give ns, us, ms or s, as in time=20ms", value);
        };
    try {
      var exact = new BigDecimal(value.substring(0, unit)).multiply(BigDecimal.valueOf(nanos));
      return OptionalLong.of(exact.longValueExact());
    } catch (NumberFormatException e) {
      throw problem("time=%s: no number", value);
    } catch (ArithmeticException e) {
      throw problem("time=%s: not a whole number of nanoseconds below 292 years", value);
    }
  }

  private FaultSyntaxException problem(String format, Object... arguments) {
    return new FaultSyntaxException(text, format.formatted(arguments));
  }

  private static <T> String list(T[] values, Function<T, String> name) {
    return Stream.of(values).map(name).collect(Collectors.joining(", "));
  }
}

package dev.systole.shell.verb;

import dev.systole.recorder.Machine;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads virtual times: {@code 500ms}, {@code 1.5s}. */
final class VirtualTime implements ITypeConverter<Long> {
  /** No time at which a run ends: it goes on as long as its applications do something. */
  static final long NO_LIMIT = Machine.NO_LIMIT;

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s)");

  @Override
  public Long convert(String text) {
    Matcher time = SYNTAX.matcher(text);
    if (!time.matches()) {
      throw new TypeConversionException("'" + text + "' is no time; write it as 500ms or 1.5s");
    }
    int decimals =
        switch (time.group(2)) {
          case "ns" -> 0;
          case "us" -> 3;
          case "ms" -> 6;
          default -> 9;
        };
    try {
      return new BigDecimal(time.group(1)).movePointRight(decimals).longValueExact();
    } catch (ArithmeticException e) {
      throw new TypeConversionException(
          "'" + text + "' is no whole number of nanoseconds, or too long");
    }
  }
}

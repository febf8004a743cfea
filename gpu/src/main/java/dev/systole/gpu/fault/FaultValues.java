package dev.systole.gpu.fault;

import dev.systole.spec.CommandSpec;
import dev.systole.spec.Engine;
import dev.systole.spec.RegisterSpec;
import dev.systole.spec.Spec;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** Reads what stands behind the equals signs of a fault. */
final class FaultValues {
  private static final int REGISTER_BYTES = 8 << 20;
  private static final int BITS = Integer.SIZE;
  private static final int FACTOR_MAX = 1_000_000;

  private final String text;
  private Optional<CommandSpec> command = Optional.empty();

  /** Of the fault that is written so. */
  FaultValues(String text) {
    this.text = text;
  }

  /** What was named, if something was. */
  Optional<CommandSpec> command() {
    return command;
  }

  /** The value of a key as a {@link Fault} has it. */
  long of(FaultKey key, String value) {
    return switch (key) {
      case REQUEST, COMMAND, NTH -> number(key, value, 1, Integer.MAX_VALUE);
      case EVENT, SEED -> number(key, value, 0, Long.MAX_VALUE);
      case TIMES -> value.equals("all") ? FaultKey.ALL : number(key, value, 1, Integer.MAX_VALUE);
      case FACTOR -> number(key, value, 2, FACTOR_MAX);
      case BIT -> number(key, value, 0, BITS - 1);
      case TIME, DELAY -> time(key, value);
      case ADDRESS -> address(value);
      case PROBABILITY -> probability(value);
      case NAME -> name(value);
      case REGISTER -> register(value);
    };
  }

  private long number(FaultKey key, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      // told below, like a number that is too small
    }
    throw problem("%s=%s: not a number from %d to %d", key.word(), value, least, most);
  }

  private long time(FaultKey key, String value) {
    int unit = 0;
    while (unit < value.length() && "0123456789.".indexOf(value.charAt(unit)) >= 0) unit++;
    String word = key.word() + "=" + value;
    long nanos =
        switch (value.substring(unit)) {
          case "ns" -> 1;
          case "us" -> 1_000;
          case "ms" -> 1_000_000;
          case "s" -> 1_000_000_000;
          default -> throw problem("%s: give ns, us, ms or s, as in %s", word, key.form());
        };
    try {
      var exact = new BigDecimal(value.substring(0, unit)).multiply(BigDecimal.valueOf(nanos));
      return exact.longValueExact();
    } catch (NumberFormatException e) {
      throw problem("%s: no number", word);
    } catch (ArithmeticException e) {
      throw problem("%s: not a whole number of nanoseconds below 292 years", word);
    }
  }

  private long address(String value) {
    try {
      return value.startsWith("0x")
          ? Long.parseUnsignedLong(value.substring(2), 16)
          : Long.parseUnsignedLong(value);
    } catch (NumberFormatException e) {
      throw problem("address=%s: no address, as in %s", value, FaultKey.ADDRESS.form());
    }
  }

  private long probability(String value) {
    try {
      var chance = new BigDecimal(value);
      if (chance.signum() > 0 && chance.compareTo(BigDecimal.ONE) <= 0) {
        return chance.multiply(BigDecimal.valueOf(Fault.CERTAIN)).longValue();
      }
    } catch (NumberFormatException e) {
      // told below, like one that is too large
    }
    throw problem("probability=%s: not above 0 and at most 1", value);
  }

  private long name(String value) {
    command = Spec.gen12().command(value);
    if (command.isEmpty()) {
      throw problem("name=%s: no such command; see systole list commands", value);
    }
    return command.get().header();
  }

  private long register(String value) {
    if (value.startsWith("0x")) {
      try {
        int offset = Integer.parseInt(value.substring(2), 16);
        if (offset < REGISTER_BYTES && offset % Integer.BYTES == 0) return offset;
      } catch (NumberFormatException e) {
        // told below, like one that is not in the BAR
      }
      throw problem("register=%s: no offset of a register", value);
    }
    int dot = value.indexOf('.');
    RegisterSpec register =
        Spec.gen12()
            .register(value.substring(dot + 1))
            .orElseThrow(
                () -> problem("register=%s: no such register; see systole list registers", value));
    if (register.engines().isEmpty() && dot < 0) return register.offsetBytes();
    String name = dot < 0 ? "" : value.substring(0, dot);
    return Arrays.stream(Engine.values())
        .filter(engine -> engine.kernelName().equals(name))
        .filter(engine -> register.engines().contains(engine.engineClass()))
        .mapToLong(engine -> engine.mmioBase() + register.offsetBytes())
        .findFirst()
        .orElseThrow(
            () -> problem("register=%s: say whose it is, as in rcs0.RING_TAIL or GDRST", value));
  }

  private FaultSyntaxException problem(String format, Object... arguments) {
    return new FaultSyntaxException(text, format.formatted(arguments));
  }
}

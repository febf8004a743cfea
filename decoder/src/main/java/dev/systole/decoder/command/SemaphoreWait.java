package dev.systole.decoder.command;

import static dev.systole.spec.gen12.MiCommands.*;

/**
 * {@code MI_SEMAPHORE_WAIT}, with or without the token dword: waits until a dword compares with the
 * inline data.
 */
public record SemaphoreWait(CommandShape shape, long address, Dwords dwords)
    implements KnownCommand {
  private static final int COMPARE_SHIFT = MI_SEMAPHORE_WAIT_COMPARE_OPERATION_SHIFT;

  /** How the dword in memory must compare with the inline data, both unsigned. */
  public enum Comparison {
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    RESERVED("?");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    @Override
    public String toString() {
      return sign;
    }

    boolean holds(int memory, int inline) {
      int order = Integer.compareUnsigned(memory, inline);
      return switch (this) {
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case RESERVED -> false;
      };
    }
  }

  /** Whether it polls a register, whose offset {@link #location} then has as its address. */
  public boolean pollsRegister() {
    return (header() & MI_SEMAPHORE_WAIT_REGISTER_POLL_MODE) != 0;
  }

  public Location location() {
    return new Location(
        (header() & MI_SEMAPHORE_WAIT_USE_GLOBAL_GTT) == 0 ? Space.PPGTT : Space.GGTT,
        dwords.getLong(MI_SEMAPHORE_WAIT_SEMAPHORE_ADDRESS_DWORD) & ~3L);
  }

  public int data() {
    return dwords.get(MI_SEMAPHORE_WAIT_SEMAPHORE_DATA_DWORD_DWORD);
  }

  public Comparison comparison() {
    int operation = (header() & MI_SEMAPHORE_WAIT_COMPARE_OPERATION_MASK) >>> COMPARE_SHIFT;
    return Comparison.values()[Math.min(operation, Comparison.RESERVED.ordinal())];
  }

  /** Whether the wait ends when memory (or the register) holds that value. */
  public boolean satisfiedBy(int value) {
    return comparison().holds(value, data());
  }
}

package dev.systole.spec;

import java.util.Arrays;

/**
 * The commands of one class of engines, found by the opcode bits of their first dword
 * (gen12-commands.md 1.1). Built once, looked up for every command that is decoded.
 */
final class CommandIndex {
  private static final int MI_SLOTS = 1 << 6;
  private static final int BLIT_SLOTS = 1 << 7;
  private static final int GFX_SLOTS = 1 << 13;
  private static final int BARRIER_SLOTS = 1 << 3;
  private static final int BLIT_BASE = MI_SLOTS;
  private static final int GFX_BASE = BLIT_BASE + BLIT_SLOTS;
  private static final int BARRIER_BASE = GFX_BASE + GFX_SLOTS;
  private static final int NO_SLOT = -1;
  private static final int TYPE_MASK = 7 << 29;
  private static final int MAX_OPEN_BITS = 4;

  private final CommandSpec[][] slots = new CommandSpec[BARRIER_BASE + BARRIER_SLOTS][];

  /**
   * A command may leave a few opcode bits open (Mesa's COMPUTE_WALKER): it gets all their slots.
   */
  void add(CommandSpec command) {
    int open = opcodeMask(command.header()) & ~command.headerMask();
    boolean typed = (command.headerMask() & TYPE_MASK) == TYPE_MASK;
    if (!typed || slot(command.header()) == NO_SLOT || Integer.bitCount(open) > MAX_OPEN_BITS) {
      throw new SpecException(
          "command %s: header 0x%08x under mask 0x%08x does not say its type and opcode"
              .formatted(command.name(), command.header(), command.headerMask()));
    }
    int bits = 0;
    do {
      add(slot(command.header() | bits), command);
      bits = bits - open & open;
    } while (bits != 0);
  }

  private void add(int slot, CommandSpec command) {
    CommandSpec[] present = slots[slot];
    if (present == null) {
      slots[slot] = new CommandSpec[] {command};
    } else {
      slots[slot] = Arrays.copyOf(present, present.length + 1);
      slots[slot][present.length] = command;
    }
  }

  /** The command, or null; among several with this header the one most like the dword. */
  CommandSpec find(int dw0) {
    int slot = slot(dw0);
    if (slot == NO_SLOT || slots[slot] == null) return null;
    CommandSpec[] candidates = slots[slot];
    CommandSpec found = candidates[0].matches(dw0) ? candidates[0] : null;
    for (int i = 1; i < candidates.length; i++) {
      if (!candidates[i].matches(dw0)) continue;
      if (found == null || candidates[i].likeness(dw0) > found.likeness(dw0)) found = candidates[i];
    }
    return found;
  }

  private static int opcodeMask(int dw0) {
    return switch (dw0 >>> 29) {
      case 0 -> 0xff800000;
      case 2 -> 0xffc00000;
      case 5 -> 0xfc000000;
      default -> 0xffff0000;
    };
  }

  private static int slot(int dw0) {
    return switch (dw0 >>> 29) {
      case 0 -> dw0 >>> 23;
      case 2 -> BLIT_BASE + (dw0 >>> 22 & BLIT_SLOTS - 1);
      case 3 -> GFX_BASE + (dw0 >>> 16 & GFX_SLOTS - 1);
      case 5 -> BARRIER_BASE + (dw0 >>> 26 & BARRIER_SLOTS - 1);
      default -> NO_SLOT;
    };
  }
}

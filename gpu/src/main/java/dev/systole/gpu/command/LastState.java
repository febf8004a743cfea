package dev.systole.gpu.command;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The 3D, GPGPU and media state of the running context: every command that sets state, with the
 * dwords with which it was last written. A table over subtype, opcode and sub-opcode finds the
 * command; its dwords lie one command behind the other in the order in which they were first
 * written. When there is no room left, what was written first goes first.
 *
 * <p>Each entry is a dword {@code capacity << 16 | length} and {@code capacity} dwords, of which
 * the first {@code length} are the command.
 */
public final class LastState {
  /** The image of a render or compute context has twelve pages behind its registers. */
  private static final int RENDER_DWORDS = 12 * 1024 - 1;

  /** The image of other contexts has but the rest of the page of its registers. */
  private static final int MEDIA_DWORDS = 0x3e0 - 0x100 - 1;

  private static final int SLOTS = 1 << 13;
  private static final int SLOT_SHIFT = 16;
  private static final int GRAPHICS_TYPE = 3;
  private static final int TYPE_SHIFT = 29;
  private static final int CAPACITY_SHIFT = 16;
  private static final int LENGTH_MASK = 0xffff;

  /** Where a command's entry lies, plus one; 0: it was not written. */
  private final short[] places = new short[SLOTS];

  private final int[] entries;
  private int used;

  private LastState(int capacityDwords) {
    entries = new int[capacityDwords];
  }

  /** Room for what the image of a context of this class can hold. */
  static LastState of(EngineClass engine) {
    return switch (engine) {
      case RENDER, COMPUTE -> new LastState(RENDER_DWORDS);
      case VIDEO, VIDEO_ENHANCE, COPY -> new LastState(MEDIA_DWORDS);
    };
  }

  // ---- reading

  /** How many dwords {@code command} was last written with, its header included; 0: it was not. */
  int lengthDwords(int command) {
    int place = places[slot(command)] - 1;
    return place < 0 ? 0 : entries[place] & LENGTH_MASK;
  }

  /** Whether {@code command} was written. */
  boolean has(int command) {
    return places[slot(command)] != 0;
  }

  /** Dword {@code index} of {@code command} as last written; 0 when it has none. */
  int dword(int command, int index) {
    return index < lengthDwords(command) ? entries[places[slot(command)] + index] : 0;
  }

  /** The 64-bit value whose low half is dword {@code index} of {@code command}. */
  long qword(int command, int index) {
    return dword(command, index) & 0xffffffffL | (long) dword(command, index + 1) << 32;
  }

  /** Every command that was written, with its dwords. */
  public List<int[]> commands() {
    var commands = new ArrayList<int[]>();
    for (int place = 0; place < used; place = next(place)) {
      int first = place + 1;
      commands.add(Arrays.copyOfRange(entries, first, first + (entries[place] & LENGTH_MASK)));
    }
    return commands;
  }

  // ---- writing

  /** Nothing is set. */
  public void clear() {
    Arrays.fill(places, (short) 0);
    used = 0;
  }

  /** Takes over the command that is being executed. */
  void write(EngineState s, int header, int lengthDwords) {
    write(s, header, lengthDwords, 0);
  }

  /**
   * Takes over the command that is being executed, save for the dwords whose bits are set in {@code
   * kept}: they stay as they were.
   */
  void write(EngineState s, int header, int lengthDwords, long kept) {
    int first = open(header, lengthDwords) + 1;
    if (first == 0) return;
    for (int i = 0; i < lengthDwords; i++) {
      boolean keeps = i < Long.SIZE && (kept >>> i & 1) != 0;
      if (!keeps) entries[first + i] = s.operand(i);
    }
  }

  /** The entry of the command with room for its length; -1 when there can be none. */
  private int open(int header, int lengthDwords) {
    int place = places[slot(header)] - 1;
    if (place >= 0) {
      int capacity = entries[place] >>> CAPACITY_SHIFT;
      if (lengthDwords <= capacity) {
        entries[place] = capacity << CAPACITY_SHIFT | lengthDwords;
        return place;
      }
      remove(place);
    }
    if (lengthDwords >= entries.length) return -1;
    while (used + lengthDwords >= entries.length) remove(0);
    return append(header, lengthDwords, lengthDwords);
  }

  private int append(int header, int capacity, int length) {
    int place = used;
    entries[place] = capacity << CAPACITY_SHIFT | length;
    Arrays.fill(entries, place + 1, place + 1 + capacity, 0);
    entries[place + 1] = header;
    used = next(place);
    places[slot(header)] = (short) (place + 1);
    return place;
  }

  private void remove(int place) {
    places[slot(entries[place + 1])] = 0;
    int behind = next(place);
    System.arraycopy(entries, behind, entries, place, used - behind);
    used -= behind - place;
    for (int at = place; at < used; at = next(at)) {
      places[slot(entries[at + 1])] = (short) (at + 1);
    }
  }

  private int next(int place) {
    return place + 1 + (entries[place] >>> CAPACITY_SHIFT);
  }

  private static int slot(int header) {
    return header >>> SLOT_SHIFT & SLOTS - 1;
  }

  // ---- the context's image and saved state

  /** Writes the state to the image at a GGTT address: how many dwords, and those. */
  public void store(AddressSpace memory, long address) {
    memory.store32(address, true, used);
    for (int i = 0; i < used; i++) {
      memory.store32(address + Integer.BYTES * (i + 1L), true, entries[i]);
    }
  }

  /** Loads the state from the image at a GGTT address; of garbage, what goes before it. */
  public void load(AddressSpace memory, long address) {
    clear();
    int stored = memory.load32(address, true);
    if (stored < 0 || stored > entries.length) return;
    for (int i = 0; i < stored; i++) {
      entries[i] = memory.load32(address + Integer.BYTES * (i + 1L), true);
    }
    index(stored);
  }

  public void save(StateSink sink) {
    sink.putInt(used);
    for (int i = 0; i < used; i++) sink.putInt(entries[i]);
  }

  public void restore(StateSource source) {
    clear();
    int saved = source.takeInt(entries.length, "length of the last state");
    for (int i = 0; i < saved; i++) entries[i] = source.takeInt();
    index(saved);
    if (used != saved) throw new StateException("saved state: the last state is garbled");
  }

  /** Finds the commands again among the first dwords, up to the first that is none. */
  private void index(int dwords) {
    while (used + 1 < dwords) {
      int header = entries[used + 1];
      int capacity = entries[used] >>> CAPACITY_SHIFT;
      int length = entries[used] & LENGTH_MASK;
      boolean valid = length > 0 && length <= capacity && capacity < dwords - used;
      if (!valid || header >>> TYPE_SHIFT != GRAPHICS_TYPE || has(header)) return;
      places[slot(header)] = (short) (used + 1);
      used = next(used);
    }
  }
}

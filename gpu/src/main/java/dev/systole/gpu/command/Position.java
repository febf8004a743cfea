package dev.systole.gpu.command;

import static dev.systole.spec.gen12.RingRegisters.RING_HEAD_HEAD_OFFSET_MASK;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Where an engine parses: on the level of the ring, of up to three batches above it
 * (gen12-commands.md 1.6), or of the workaround batches of a context restore, which interrupt
 * whatever the context was at.
 */
public final class Position {
  static final int WORKAROUND = -1;
  static final int RING = 0;
  static final int LEVELS_MAX = 3;

  private static final long NO_LIMIT = -1;

  /** Addresses have 48 bits. */
  static final long VIRTUAL_MASK = 0xffffffffffffL;

  /** Commands begin at dwords. */
  static final long ADDRESS_MASK = VIRTUAL_MASK & -Integer.BYTES;

  /** Address of the next command, and whether it is a GGTT address. */
  long pc;

  boolean ggtt = true;
  int level;

  /** The page that holds the next command; null when it has to be looked up. */
  Page code;

  /** Where parsing stops: at TAIL of the ring or at the end of a workaround batch. */
  private long limit;

  private final long[] returns = new long[LEVELS_MAX + 1];
  private final boolean[] returnsToGgtt = new boolean[LEVELS_MAX + 1];
  private int interruptedLevel;
  private final Ring ring = new Ring();

  Position() {}

  // ---- the ring

  /** Parses the ring from {@code head} on. */
  public void startRing(int start, int head, int tail, int control) {
    ring.set(start, head, tail, control);
    level = RING;
    moveTo(ring.address(head & RING_HEAD_HEAD_OFFSET_MASK), true);
  }

  /** Moves the end of what is to be parsed. */
  public void setTail(int tail) {
    ring.setTail(tail);
    updateLimit();
  }

  /** RING_HEAD. */
  public int head() {
    return ring.head(level == RING ? pc : returns[RING]);
  }

  /** RING_TAIL. */
  public int tail() {
    return ring.tail();
  }

  /** RING_START. */
  public int ringStart() {
    return ring.start();
  }

  /** RING_CTL as loaded. */
  public int ringControl() {
    return ring.control();
  }

  /** Whether nothing in the ring is left to be parsed. */
  public boolean ringEmpty() {
    return level == RING && pc == limit;
  }

  /** Goes on at the beginning of the ring when its end is reached; returns whether it was. */
  boolean wrap() {
    if (level != RING || !ring.isBehind(pc)) return false;
    pc = ring.wrapped(pc);
    ring.countWrap();
    return true;
  }

  /** The place of a command's dword, which may lie at the beginning of the ring again. */
  long wrapped(long address) {
    return level == RING && ring.isBehind(address) ? ring.wrapped(address) : address;
  }

  // ---- batches

  /** RING_ACTHD: the address of the next command. */
  public long address() {
    return pc;
  }

  /** Whether that is a GGTT address. */
  public boolean inGgtt() {
    return ggtt;
  }

  /** Address of the next command at batch level {@code of}, 0 when no batch is open there. */
  public long batchAddress(int of) {
    if (batchLevel() < of) return 0;
    return level == of ? pc : returns[of];
  }

  /** Whether the open batch at level {@code of} is addressed through the GGTT. */
  public boolean batchInGgtt(int of) {
    return level == of ? ggtt : returnsToGgtt[of];
  }

  /** How many levels of batches are open. */
  public int batchLevel() {
    return level == WORKAROUND ? interruptedLevel : level;
  }

  /** Starts a batch on the next level. */
  public void call(long address, boolean toGgtt) {
    returns[level] = pc;
    returnsToGgtt[level] = ggtt;
    level++;
    moveTo(address, toGgtt);
  }

  /** Goes back to an open level. */
  void returnTo(int calling) {
    level = calling;
    moveTo(returns[level], returnsToGgtt[level]);
  }

  /** Goes on elsewhere on the same level. */
  void moveTo(long address, boolean toGgtt) {
    pc = address & ADDRESS_MASK;
    ggtt = toGgtt;
    code = null;
    updateLimit();
  }

  private void updateLimit() {
    if (level == RING) limit = ring.isValid() ? ring.tailAddress() : pc;
    else if (level != WORKAROUND) limit = NO_LIMIT;
  }

  /** Runs the batch at {@code address} in the GGTT; 0 bytes: up to its end command. */
  public void startWorkaround(long address, int lengthBytes) {
    returns[level] = pc;
    returnsToGgtt[level] = ggtt;
    interruptedLevel = level;
    level = WORKAROUND;
    moveTo(address, true);
    limit = lengthBytes == 0 ? NO_LIMIT : address + lengthBytes;
  }

  /** Goes on where {@link #startWorkaround} interrupted. */
  public void endWorkaround() {
    returnTo(interruptedLevel);
  }

  /**
   * Whether parsing has come to where it stops. In the ring that is TAIL and no other place: a
   * command that reaches beyond it goes on for another round.
   */
  boolean atLimit() {
    return pc == limit || level == WORKAROUND && limit != NO_LIMIT && pc > limit;
  }

  void save(StateSink sink) {
    sink.putLong(pc);
    sink.putBoolean(ggtt);
    sink.putInt(level - WORKAROUND);
    sink.putLong(limit);
    sink.putLongs(returns);
    for (boolean toGgtt : returnsToGgtt) sink.putBoolean(toGgtt);
    sink.putInt(interruptedLevel);
    ring.save(sink);
  }

  void restore(StateSource source) {
    pc = source.takeLong() & ADDRESS_MASK;
    ggtt = source.takeBoolean();
    level = source.takeInt(LEVELS_MAX - WORKAROUND, "level") + WORKAROUND;
    limit = source.takeLong();
    source.takeLongs(returns);
    for (int i = 0; i <= LEVELS_MAX; i++) returnsToGgtt[i] = source.takeBoolean();
    interruptedLevel = source.takeInt(LEVELS_MAX, "interrupted level");
    ring.restore(source);
    code = null;
  }
}

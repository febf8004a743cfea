package dev.systole.gpu.command;

import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.platform.CostModel;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;

/**
 * What commands see of their engine: where it parses, its registers, its memory, and the few flags
 * that commands set. The interpreter reads and writes it directly.
 *
 * <p>Parsing happens on a level: the ring, up to three levels of batches above it
 * (gen12-commands.md 1.6), or the workaround batches of a context restore.
 */
public final class EngineState {
  static final int WORKAROUND = -1;
  static final int RING = 0;
  static final int LEVELS_MAX = 3;

  private static final long NONE = -1;
  private static final long ADDRESS_MASK = 0xfffffffffffcL;

  final Engine engine;
  final int base;
  final CostModel costs;
  final AddressSpace memory;
  final RegisterPort registers;
  final EngineSignals signals;

  /** The engine's own registers: its block of BAR 0. */
  final Page own;

  /** Address of the next command, and whether it is a GGTT address. */
  long pc;

  boolean ggtt = true;
  int level;

  /** Where parsing stops: at TAIL of the ring or at the end of a workaround batch. */
  private long limit;

  private final long[] returns = new long[LEVELS_MAX + 1];
  private final boolean[] returnsToGgtt = new boolean[LEVELS_MAX + 1];
  private int interruptedLevel;

  private final Ring ring = new Ring();
  private int contextAddress;

  /** The page that holds the next command; null when it has to be looked up. */
  Page code;

  /** The command that is being executed. */
  long commandAddress;

  private int commandOffset;
  int ipehr;

  /** Clocks used since the interpreter was entered. */
  long clocks;

  /** The command whose time is paid; see {@link #mustPay}. */
  private long paidAddress = NONE;

  Stop stop;

  boolean arbitration = true;
  boolean preemptionAsked;

  /** Operand of MI_SET_PREDICATE; 0: commands are executed. */
  int noopMode;

  /** STATE of MI_PREDICATE. */
  boolean predicateState;

  private int batchOrdinal;

  /** Commands parsed in batches since power-on, and how many of them before the open batch. */
  long commandCount;

  private long commandsBeforeBatch;

  /** Which command, as {@link #commandCount} counts, a fault waits for; 0: none. */
  long faultCommand;

  /** Why parsing ended in error, as bits of RING_EIR. */
  int errorBits;

  /** Whether a wait looks at something that changes with time alone. */
  boolean pollsTime;

  final LoopWatch loop = new LoopWatch();

  public EngineState(
      Engine engine,
      CostModel costs,
      AddressSpace memory,
      Page own,
      RegisterPort registers,
      EngineSignals signals) {
    this.engine = engine;
    this.costs = costs;
    this.memory = memory;
    this.own = own;
    this.registers = registers;
    this.signals = signals;
    base = engine.mmioBase();
  }

  public Engine engine() {
    return engine;
  }

  public AddressSpace memory() {
    return memory;
  }

  /** Back to power-on, save for what counts the batches. */
  public void reset() {
    startRing(0, 0, 0, 0);
    contextAddress = 0;
    ipehr = 0;
    leaveContext();
  }

  /** Forgets what belongs to the running context alone. */
  public void leaveContext() {
    forgetPayment();
    arbitration = true;
    preemptionAsked = false;
    noopMode = 0;
    predicateState = false;
    faultCommand = 0;
    loop.forget();
  }

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

  // ---- batches

  /** Address of the next command at batch level {@code of}, 0 when no batch is open there. */
  public long batchAddress(int of) {
    if (level == WORKAROUND) return interruptedLevel < of ? 0 : returns[of];
    if (level < of) return 0;
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

  /** Goes on in a batch that was interrupted by a context switch, one level after the other. */
  public void resumeBatch(long address, boolean inGgtt) {
    call(address & ADDRESS_MASK, inGgtt);
  }

  /** Says which first-level batch is resumed, and how many of its commands were parsed. */
  public void resumeCounting(int ordinal, int commands) {
    batchOrdinal = Math.max(batchOrdinal, ordinal);
    commandsBeforeBatch = commandCount - commands;
  }

  void startFirstLevel(long address, boolean inGgtt) {
    batchOrdinal++;
    commandsBeforeBatch = commandCount;
    call(address, inGgtt);
    signals.batchStarted(this);
  }

  /** Number of the first-level batch, counted from 1 since power-on. */
  public int batchOrdinal() {
    return batchOrdinal;
  }

  /** How many commands were parsed in the first-level batch. */
  public int batchCommands() {
    return (int) (commandCount - commandsBeforeBatch);
  }

  /** How many commands were parsed in batches since power-on. */
  public long commandCount() {
    return commandCount;
  }

  /** Lets {@link EngineSignals#faultReached} be called when so many commands were parsed. */
  public void setFaultCommand(long count) {
    faultCommand = count;
  }

  /** Runs the batch at {@code address} in the GGTT; 0 bytes: up to its end command. */
  public void startWorkaround(long address, int lengthBytes) {
    returns[Math.max(level, RING)] = pc;
    returnsToGgtt[Math.max(level, RING)] = ggtt;
    interruptedLevel = level;
    level = WORKAROUND;
    moveTo(address, true);
    limit = lengthBytes == 0 ? NONE : address + lengthBytes;
  }

  /** Goes on where {@link #startWorkaround} interrupted. */
  public void endWorkaround() {
    level = interruptedLevel;
    moveTo(returns[level], returnsToGgtt[level]);
  }

  void call(long address, boolean inGgtt) {
    returns[level] = pc;
    returnsToGgtt[level] = ggtt;
    level++;
    moveTo(address, inGgtt);
  }

  void returnTo(int calling) {
    level = calling;
    moveTo(returns[level], returnsToGgtt[level]);
  }

  /** A jump on the same level; a jump back may close a loop. */
  void jump(long address) {
    boolean back = address <= commandAddress;
    moveTo(address, ggtt);
    if (back) closeLoop();
  }

  private void moveTo(long address, boolean inGgtt) {
    pc = address;
    ggtt = inGgtt;
    code = null;
    updateLimit();
  }

  private void updateLimit() {
    if (level != WORKAROUND) limit = level == RING ? ring.tailAddress() : NONE;
  }

  // ---- the command

  /** RING_ACTHD: where the parser is. */
  public long activeHead() {
    return pc;
  }

  /** Address of the command that was parsed last. */
  public long commandAddress() {
    return commandAddress;
  }

  /** Whether that is a GGTT address. */
  public boolean commandInGgtt() {
    return ggtt;
  }

  /** RING_IPEHR. */
  public int ipehr() {
    return ipehr;
  }

  public void setIpehr(int header) {
    ipehr = header;
  }

  /**
   * Whether the command is in the ring, or in a batch that the GGTT holds (gen12-commands.md 1.5).
   */
  boolean privileged() {
    return level <= RING || ggtt;
  }

  /** Whether the parser stands where it has to stop. */
  boolean atLimit() {
    return pc == limit;
  }

  /** Whether the engine's ring or workaround batch is done; called at the limit. */
  Stop limitReached() {
    return level == RING ? Stop.RING_EMPTY : Stop.WORKAROUND_DONE;
  }

  /** Looks up the page of the next command; false when there is none. */
  boolean openCode() {
    if (level == RING) wrapRing();
    if (!memory.isMapped(pc, ggtt)) return false;
    code = memory.read(pc, ggtt);
    loop.observe(pc, ggtt);
    return true;
  }

  private void wrapRing() {
    if (!ring.isBehind(pc)) return;
    pc = ring.wrapped(pc);
    ring.countWrap();
    closeLoop();
  }

  private void closeLoop() {
    if (loop.closes(pc, level) && faultCommand == 0) stop = Stop.SPIN;
  }

  int begin() {
    commandOffset = (int) pc & Page.OFFSET_MASK;
    commandAddress = pc;
    ipehr = code.load32(commandOffset);
    return ipehr;
  }

  /** Forgets the page of the last command when the next one is in another. */
  void end() {
    if (((pc ^ commandAddress) & -Page.BYTES) != 0) code = null;
  }

  /** Dword {@code index} of the command. */
  int operand(int index) {
    int offset = commandOffset + (index << 2);
    return offset < Page.BYTES ? code.load32(offset) : operandBeyondPage(index);
  }

  private int operandBeyondPage(int index) {
    long address = commandAddress + ((long) index << 2);
    if (level == RING && ring.isBehind(address)) address = ring.wrapped(address);
    return memory.load32(address, ggtt);
  }

  /** The 64-bit value, or address, whose low half is dword {@code index}. */
  long operand64(int index) {
    return operand(index) & 0xffffffffL | (long) operand(index + 1) << 32;
  }

  /** The 48-bit address, aligned to a dword, whose low half is dword {@code index}. */
  long operandAddress(int index) {
    return operand64(index) & ADDRESS_MASK;
  }

  /** Stops before the command, which will be parsed again. */
  int stopBefore(Stop reason) {
    pc = commandAddress;
    if (level > RING) commandCount--;
    stop = reason;
    return 0;
  }

  /**
   * Whether a command that takes effect only after {@code cost} clocks has to wait for them. The
   * first call says so and stops; the second, at the right time, lets the effect happen.
   */
  boolean mustPay(long cost) {
    if (paidAddress == commandAddress) {
      forgetPayment();
      return false;
    }
    paidAddress = commandAddress;
    clocks += cost;
    stopBefore(Stop.TIMED);
    return true;
  }

  /** The command that was paid for is not there any more. */
  void forgetPayment() {
    paidAddress = NONE;
  }

  /** Whether another context waits and may take over. */
  boolean preemptible() {
    return preemptionAsked && arbitration && level != WORKAROUND;
  }

  /** Whether arbitration is on. */
  public boolean arbitration() {
    return arbitration;
  }

  /** Asks that parsing stop at the next arbitration point, or no longer. */
  public void askPreemption(boolean asked) {
    preemptionAsked = asked;
  }

  /** Forgets the loop that is being watched: the next round counts as the first. */
  public void forgetLoop() {
    loop.forget();
  }

  /** Whether the wait depends on memory; otherwise on a register, or on nothing that will come. */
  public boolean observesMemory() {
    return loop.observes();
  }

  /** Whether the wait will end, or not, with time alone. */
  public boolean pollsTime() {
    return pollsTime;
  }

  /** Has the memory that the waiting or spinning commands depend on watched for writes. */
  public void watchObserved() {
    loop.watch(memory);
  }

  // ---- registers and status pages

  /** GGTT address of the running context's image. */
  public void setContextAddress(int address) {
    contextAddress = address;
  }

  /** GGTT address in the per-process status page, the first page of the context's image. */
  long processStatusAddress(long offset) {
    return (contextAddress & 0xffffffffL) + (offset & Page.OFFSET_MASK);
  }

  /** GGTT address in the engine's status page. */
  long statusAddress(long offset) {
    long page = own.load32(RING_HWS_PGA) & RING_HWS_PGA_ADDRESS_MASK & 0xffffffffL;
    return page + (offset & Page.OFFSET_MASK);
  }

  // ---- registers and memory, noticing what changes

  /** One of the engine's own registers, by its offset from the base. */
  int ownRegister(int offset) {
    return own.load32(offset);
  }

  void setOwnRegister(int offset, int value) {
    if (own.load32(offset) == value) return;
    loop.changed();
    own.store32(offset, value);
  }

  /** The dword at {@code address}. */
  int load32(long address, boolean inGgtt) {
    loop.touch(address, inGgtt);
    return memory.load32(address, inGgtt);
  }

  /** The qword at {@code address}. */
  long load64(long address, boolean inGgtt) {
    loop.touch(address, inGgtt);
    return memory.load64(address, inGgtt);
  }

  void store32(long address, boolean inGgtt, int value) {
    loop.touch(address, inGgtt);
    Page page = memory.write(address, inGgtt);
    int offset = (int) address & Page.OFFSET_MASK & ~3;
    if (!page.isReal() || page.load32(offset) == value) return;
    loop.changed();
    page.store32(offset, value);
  }

  void store64(long address, boolean inGgtt, long value) {
    store32(address & ~7L, inGgtt, (int) value);
    store32(address & ~7L | Integer.BYTES, inGgtt, (int) (value >>> 32));
  }

  // ---- saving

  /** Operand of the MI_SET_PREDICATE in force, and STATE of MI_PREDICATE above it. */
  public int predicates() {
    return noopMode | (predicateState ? 1 << 8 : 0);
  }

  public void setPredicates(int value) {
    noopMode = value & 0xf;
    predicateState = (value & 1 << 8) != 0;
  }

  public void save(StateSink sink) {
    sink.putLong(pc);
    sink.putBoolean(ggtt);
    sink.putInt(level - WORKAROUND);
    sink.putLong(limit);
    sink.putLongs(returns);
    for (boolean inGgtt : returnsToGgtt) sink.putBoolean(inGgtt);
    sink.putInt(interruptedLevel);
    ring.save(sink);
    sink.putInt(contextAddress);
    sink.putLong(commandAddress);
    sink.putInt(ipehr);
    sink.putLong(paidAddress);
    sink.putBoolean(arbitration);
    sink.putBoolean(preemptionAsked);
    sink.putInt(noopMode);
    sink.putBoolean(predicateState);
    sink.putInt(batchOrdinal);
    sink.putLongs(new long[] {commandCount, commandsBeforeBatch, faultCommand});
    sink.putInt(errorBits);
    sink.putBoolean(pollsTime);
    loop.save(sink);
  }

  public void restore(StateSource source) {
    pc = source.takeLong();
    ggtt = source.takeBoolean();
    level = source.takeInt(LEVELS_MAX - WORKAROUND, "level") + WORKAROUND;
    limit = source.takeLong();
    source.takeLongs(returns);
    for (int i = 0; i <= LEVELS_MAX; i++) returnsToGgtt[i] = source.takeBoolean();
    interruptedLevel = source.takeInt(LEVELS_MAX, "interrupted level");
    ring.restore(source);
    contextAddress = source.takeInt();
    commandAddress = source.takeLong();
    ipehr = source.takeInt();
    paidAddress = source.takeLong();
    arbitration = source.takeBoolean();
    preemptionAsked = source.takeBoolean();
    noopMode = source.takeInt();
    predicateState = source.takeBoolean();
    batchOrdinal = source.takeInt();
    commandCount = source.takeLong();
    commandsBeforeBatch = source.takeLong();
    faultCommand = source.takeLong();
    errorBits = source.takeInt();
    pollsTime = source.takeBoolean();
    loop.restore(source);
    code = null;
  }
}

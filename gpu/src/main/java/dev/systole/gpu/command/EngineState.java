package dev.systole.gpu.command;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.platform.Architecture;
import dev.systole.gpu.platform.CostModel;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;

/**
 * What commands see of their engine: where it parses, its registers, its memory, and the few flags
 * that commands set. The interpreter reads and writes it directly.
 */
public final class EngineState {
  private static final long NONE = -1;

  final Engine engine;
  final int base;
  final Architecture architecture;
  final CostModel costs;
  final AddressSpace memory;
  final RegisterBlock registers;
  final EngineSignals signals;

  /** The engine's own registers: its block of BAR 0. */
  final Page own;

  /** Where the status pages lie. */
  final StatusPages status;

  /** Where it parses. */
  final Position at = new Position();

  /** The batches and commands that it has parsed. */
  final BatchCount count = new BatchCount();

  /** What the 2D setup commands left behind. */
  final BlitSetup blitSetup = new BlitSetup();

  /** The loop that it may be in. */
  final LoopWatch loop = new LoopWatch();

  /** What lets commands do nothing. */
  final Predication predication = new Predication();

  /** The work of a long command. */
  final Job job = new Job();

  /** The state that commands set. */
  final LastState last;

  /** The command that is being executed. */
  long commandAddress;

  private int commandOffset;
  int ipehr;

  /** Clocks used since the interpreter was entered. */
  long clocks;

  /** The command whose time is paid; see {@link #mustPay}. */
  private long paidAddress = NONE;

  Stop stop;

  /** Whether another context may take over. */
  final Arbitration arbitration = new Arbitration();

  /** Why parsing ended in error, as bits of RING_EIR. */
  int errorBits;

  /** Whether a wait looks at something that changes with time alone. */
  boolean pollsTime;

  public EngineState(
      Engine engine,
      Platform platform,
      AddressSpace memory,
      Page own,
      RegisterBlock registers,
      EngineSignals signals) {
    this.engine = engine;
    architecture = platform.architecture();
    costs = platform.costs();
    this.memory = memory;
    this.own = own;
    status = new StatusPages(own);
    this.registers = registers;
    this.signals = signals;
    base = engine.mmioBase();
    last = LastState.of(engine.engineClass());
  }

  public Engine engine() {
    return engine;
  }

  public AddressSpace memory() {
    return memory;
  }

  /** Where the status pages lie. */
  public StatusPages statusPages() {
    return status;
  }

  /** Where it parses. */
  public Position position() {
    return at;
  }

  /** The batches and commands that it has parsed. */
  public BatchCount count() {
    return count;
  }

  /** What lets commands do nothing. */
  public Predication predication() {
    return predication;
  }

  /** The work of a long command. */
  public Job job() {
    return job;
  }

  /** The 3D, GPGPU and media state of the running context. */
  public LastState lastState() {
    return last;
  }

  /** What the 2D setup commands of the running context left behind. */
  public BlitSetup blitSetup() {
    return blitSetup;
  }

  /** Back to power-on, save for what counts the batches. */
  public void reset() {
    last.clear();
    at.startRing(0, 0, 0, 0);
    status.setContext(0);
    ipehr = 0;
    memory.reset();
    leaveContext();
  }

  /** Forgets what belongs to the running context alone. */
  public void leaveContext() {
    forgetPayment();
    arbitration.reset();
    predication.clear();
    count.faultAt = 0;
    blitSetup.clear();
    loop.endWait();
    loop.forget();
    job.forget();
  }

  /** A jump back on the same level may close a loop. */
  void closeLoop() {
    if (loop.closes(at.pc, at.level)) stop = Stop.SPIN;
  }

  // ---- the command

  /** Address of the command that was parsed last. */
  public long commandAddress() {
    return commandAddress;
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
    return at.level <= Position.RING || at.ggtt;
  }

  /** Looks up the page of the next command, if one is to be parsed; false when there is none. */
  boolean openCode() {
    if (at.wrap()) closeLoop();
    if (at.atLimit()) return true;
    if (!memory.isMapped(at.pc, at.ggtt)) return false;
    at.code = memory.read(at.pc, at.ggtt);
    loop.observe(at.pc, at.ggtt);
    return true;
  }

  /** Begins with the command that is next; returns its header. */
  int begin() {
    commandOffset = (int) at.pc & Page.OFFSET_MASK;
    commandAddress = at.pc;
    ipehr = at.code.load32(commandOffset);
    return ipehr;
  }

  /** Forgets the page of the last command when the next one is in another. */
  void end() {
    if (((at.pc ^ commandAddress) & -Page.BYTES) != 0) at.code = null;
  }

  /** Dword {@code index} of the command. */
  int operand(int index) {
    int offset = commandOffset + (index << 2);
    return offset < Page.BYTES ? at.code.load32(offset) : operandBeyondPage(index);
  }

  private int operandBeyondPage(int index) {
    return memory.load32(at.wrapped(commandAddress + ((long) index << 2)), at.ggtt);
  }

  /** The 64-bit value, or address, whose low half is dword {@code index}. */
  long operand64(int index) {
    return operand(index) & 0xffffffffL | (long) operand(index + 1) << 32;
  }

  /** The 48-bit address, aligned to a dword, whose low half is dword {@code index}. */
  long operandAddress(int index) {
    return operand64(index) & Position.ADDRESS_MASK;
  }

  /** The 48-bit address of a byte whose low half is dword {@code index}. */
  long operandByteAddress(int index) {
    return operand64(index) & Position.VIRTUAL_MASK;
  }

  /** Stops before the command, which will be parsed again. */
  int stopBefore(Stop reason) {
    at.pc = commandAddress;
    if (at.level > Position.RING) count.commands--;
    stop = reason;
    return 0;
  }

  /**
   * Whether a command that takes effect only after {@code cost} clocks has to wait for them. The
   * first call says so and stops; the second, at the right time, lets the effect happen.
   */
  boolean mustPay(long cost) {
    if (isPaid()) {
      forgetPayment();
      return false;
    }
    paidAddress = commandAddress;
    clocks += cost;
    stopBefore(Stop.TIMED);
    return true;
  }

  /** Whether the time of the command is paid. */
  boolean isPaid() {
    return paidAddress == commandAddress;
  }

  /** The command that was paid for is not there any more. */
  void forgetPayment() {
    paidAddress = NONE;
  }

  /** An access met a page that is not present: the engine stops, as if before the command. */
  public void pageFaulted() {
    if (stop == null) stop = Stop.ERROR;
  }

  /** Whether another context waits and may take over. */
  boolean preemptible() {
    return arbitration.isDue() && at.level != Position.WORKAROUND;
  }

  /** Whether another context may take over. */
  public Arbitration arbitration() {
    return arbitration;
  }

  /** The loop that it may be in, or what it waits for. */
  public LoopWatch loop() {
    return loop;
  }

  /** Whether the wait will end, or not, with time alone. */
  public boolean pollsTime() {
    return pollsTime;
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

  public void save(StateSink sink) {
    at.save(sink);
    count.save(sink);
    loop.save(sink);
    arbitration.save(sink);
    job.save(sink);
    last.save(sink);
    blitSetup.save(sink);
    status.save(sink);
    sink.putLong(commandAddress);
    sink.putInt(ipehr);
    sink.putLong(paidAddress);
    sink.putInt(predication.get());
    sink.putInt(errorBits);
    sink.putBoolean(pollsTime);
  }

  public void restore(StateSource source) {
    at.restore(source);
    count.restore(source);
    loop.restore(source);
    arbitration.restore(source);
    job.restore(source);
    last.restore(source);
    blitSetup.restore(source);
    status.restore(source);
    commandAddress = source.takeLong();
    ipehr = source.takeInt();
    paidAddress = source.takeLong();
    predication.set(source.takeInt());
    errorBits = source.takeInt();
    pollsTime = source.takeBoolean();
  }
}

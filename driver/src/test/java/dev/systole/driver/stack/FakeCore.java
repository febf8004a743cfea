package dev.systole.driver.stack;

import dev.systole.driver.core.CompletionListener;
import dev.systole.driver.core.ContextOwner;
import dev.systole.driver.core.CoreContext;
import dev.systole.driver.core.CoreRequest;
import dev.systole.driver.core.DeviceException;
import dev.systole.driver.core.GpuCore;
import dev.systole.driver.core.PageTables;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.Cpu;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A core without a GPU: batches are not executed, each takes its time and completes. The n-th batch
 * of a context can be made to be found guilty of a hang.
 */
final class FakeCore implements GpuCore {
  static final long BATCH_NANOS = 1_000;

  private static final int EIO = -5;

  private final Cpu cpu;
  private final FakeMemory memory = new FakeMemory();
  final List<FakeContext> contexts = new ArrayList<>();
  boolean dead;
  boolean loaded;

  /** {@code "name engine"} of the context and number of the batch that hangs, counted from 1. */
  String hangingContext = "";

  int hangingBatch;

  FakeCore(Cpu cpu) {
    this.cpu = cpu;
  }

  @Override
  public void load() {
    if (dead) throw new DeviceException("reads as all ones");
    loaded = true;
  }

  @Override
  public void unload() {
    loaded = false;
  }

  @Override
  public List<Engine> engines() {
    return List.of(Engine.RCS0, Engine.BCS0);
  }

  @Override
  public boolean interrupt() {
    return false;
  }

  @Override
  public FakeMemory memory() {
    return memory;
  }

  @Override
  public PageTables pageTables() {
    return new FakePageTables();
  }

  @Override
  public CoreContext createContext(Engine engine, ContextOwner owner, long root, int priority) {
    var context = new FakeContext(engine, owner, contexts.size() + 1);
    contexts.add(context);
    return context;
  }

  @Override
  public void clearErrorState() {}

  @Override
  public boolean wedged() {
    return false;
  }

  record FakeRequest(CoreContext context, int seqno, boolean completed, int error)
      implements CoreRequest {}

  final class FakeContext implements CoreContext {
    private final Engine engine;
    private final ContextOwner owner;
    private final int id;
    private int submitted;
    private int completed;
    private boolean inError;
    private boolean destroyed;

    FakeContext(Engine engine, ContextOwner owner, int id) {
      this.engine = engine;
      this.owner = owner;
      this.id = id;
    }

    boolean destroyed() {
      return destroyed;
    }

    int submitted() {
      return submitted;
    }

    @Override
    public int id() {
      return id;
    }

    @Override
    public Engine engine() {
      return engine;
    }

    @Override
    public ContextOwner owner() {
      return owner;
    }

    @Override
    public CoreRequest submit(long address, int lengthBytes, CompletionListener listener) {
      if (lengthBytes % 8 != 0) throw new IllegalArgumentException("length " + lengthBytes);
      int seqno = ++submitted;
      boolean hangs =
          seqno == hangingBatch && hangingContext.equals(owner.processName() + " " + engine);
      cpu.timer(() -> complete(seqno, hangs, listener))
          .armIn(BATCH_NANOS * (submitted - completed));
      return new FakeRequest(this, seqno, false, 0);
    }

    private void complete(int seqno, boolean hung, CompletionListener listener) {
      completed++;
      inError |= hung;
      listener.requestCompleted(new FakeRequest(this, seqno, true, hung ? EIO : 0));
    }

    @Override
    public void setPageTableRoot(long root) {}

    @Override
    public boolean inError() {
      return inError;
    }

    @Override
    public boolean idle() {
      return submitted == completed;
    }

    @Override
    public void destroy() {
      if (!idle()) throw new IllegalStateException("destroyed while busy");
      destroyed = true;
    }
  }

  private static final class FakePageTables implements PageTables {
    @Override
    public long unusedEntry(int level) {
      return 0xabc000 + level;
    }

    @Override
    public long pageEntry(long pageBusAddress) {
      return pageBusAddress | 3;
    }

    @Override
    public long tableEntry(long tableBusAddress) {
      return tableBusAddress | 3;
    }

    @Override
    public long createTable(int level) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(long tableBusAddress, int index, long entry) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void map(long root, long address, long busAddress, int pages) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long translate(long root, long address) {
      throw new UnsupportedOperationException();
    }
  }

  /** Sparse pages; keeps books of what is allocated. */
  static final class FakeMemory implements SystemMemory {
    private static final long START = 0x10_0000;

    private final TreeMap<Long, byte[]> pages = new TreeMap<>();
    private final TreeMap<Long, Integer> allocated = new TreeMap<>();
    private long next = START;

    int allocations() {
      return allocated.size();
    }

    @Override
    public long allocatePages(int count) {
      long address = next;
      next += (long) count * PAGE_BYTES;
      allocated.put(address, count);
      return address;
    }

    @Override
    public void freePages(long busAddress, int count) {
      Integer taken = allocated.remove(busAddress);
      if (taken == null || taken != count) throw new IllegalStateException("bad free");
    }

    @Override
    public int read32(long busAddress) {
      return (int) read(busAddress, Integer.BYTES);
    }

    @Override
    public void write32(long busAddress, int value) {
      write(busAddress, value, Integer.BYTES);
    }

    @Override
    public long read64(long busAddress) {
      return read(busAddress, Long.BYTES);
    }

    @Override
    public void write64(long busAddress, long value) {
      write(busAddress, value, Long.BYTES);
    }

    private long read(long busAddress, int bytes) {
      long value = 0;
      for (int i = bytes - 1; i >= 0; i--) value = value << 8 | at(busAddress + i) & 0xff;
      return value;
    }

    private void write(long busAddress, long value, int bytes) {
      for (int i = 0; i < bytes; i++) put(busAddress + i, (byte) (value >>> 8 * i));
    }

    @Override
    public void read(long busAddress, byte[] target, int offset, int lengthBytes) {
      for (int i = 0; i < lengthBytes; i++) target[offset + i] = at(busAddress + i);
    }

    @Override
    public void write(long busAddress, byte[] source, int offset, int lengthBytes) {
      for (int i = 0; i < lengthBytes; i++) put(busAddress + i, source[offset + i]);
    }

    private byte at(long busAddress) {
      byte[] page = pages.get(busAddress / PAGE_BYTES);
      return page == null ? 0 : page[(int) (busAddress % PAGE_BYTES)];
    }

    private void put(long busAddress, byte value) {
      pages
              .computeIfAbsent(busAddress / PAGE_BYTES, _ -> new byte[PAGE_BYTES])[
              (int) (busAddress % PAGE_BYTES)] =
          value;
    }
  }
}

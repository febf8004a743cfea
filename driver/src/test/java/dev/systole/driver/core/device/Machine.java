package dev.systole.driver.core.device;

import static dev.systole.spec.gen12.MiCommands.MI_ARB_CHECK;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_END;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT;
import static dev.systole.spec.gen12.MiCommands.MI_NOOP;
import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.systole.driver.core.ContextOwner;
import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.CoreContext;
import dev.systole.driver.core.CoreRequest;
import dev.systole.driver.core.PageTables;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.PacedFunction;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A core on the simulated GPU, with batches of a few commands. */
final class Machine implements AutoCloseable {
  private static final long LIMIT_NANOS = 600_000_000_000L;
  private static final long BATCH_ADDRESS = 0x7fff_0010_0000L;
  private static final int START_BATCH =
      MI_BATCH_BUFFER_START | MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT | 1;
  private static final int ARBITRATION_OFF = 0x0400_0000;

  final VirtualClock clock = new VirtualClock();
  final HealthLog health = new HealthLog(clock);
  final List<CoreRequest> completed = new ArrayList<>();
  final Gpu gpu;
  final Cpu cpu;
  final I915Core core;
  private int nextPid = 4000;

  Machine(CoreConfig config, String... faults) {
    this(config, Platform.TGL, UnaryOperator.identity(), faults);
  }

  Machine(CoreConfig config, Platform platform) {
    this(config, platform, UnaryOperator.identity());
  }

  /** A machine with something between core and device that misbehaves. */
  Machine(CoreConfig config, UnaryOperator<PciFunction> between) {
    this(config, Platform.TGL, between);
  }

  private Machine(
      CoreConfig config, Platform platform, UnaryOperator<PciFunction> between, String... faults) {
    gpu =
        new Gpu(
            platform,
            clock,
            FaultPlan.of(Stream.of(faults).map(Fault::parse).toList()),
            (_, _) -> {});
    cpu = new Cpu(clock, gpu);
    core = new I915Core(config, cpu, new PacedFunction(between.apply(gpu), clock), health);
    gpu.connect(time -> cpu.raiseInterrupt(time, core::interrupt));
  }

  /** Loads the core, runs {@code test} as a thread, and expects that all comes to rest. */
  void run(Runnable test) {
    assertInstanceOf(Cpu.Outcome.Finished.class, runWhateverHappens(test));
  }

  /** As {@link #run}, but the GPU may go on for ever; says how it ended. */
  Cpu.Outcome runWhateverHappens(Runnable test) {
    cpu.start(
        "test",
        () -> {
          core.load();
          test.run();
        });
    return cpu.run(LIMIT_NANOS);
  }

  @Override
  public void close() {
    cpu.shutDown();
  }

  void sleepMillis(long millis) {
    cpu.sleep(millis * 1_000_000);
  }

  /** A process of its own with an address space of its own. */
  Client client(Engine engine, String name) {
    return client(engine, name, 0);
  }

  Client client(Engine engine, String name, int priority) {
    long root = core.pageTables().createTable(PageTables.LEVELS - 1);
    var owner = new ContextOwner(name, nextPid++);
    return new Client(root, core.createContext(engine, owner, root, priority));
  }

  /** A context, and batches in its address space. */
  final class Client {
    final CoreContext context;
    private final long root;
    private long nextAddress = BATCH_ADDRESS;

    private Client(long root, CoreContext context) {
      this.root = root;
      this.context = context;
    }

    /** A page of the address space that the CPU sees too. */
    long map(long busAddress) {
      long address = nextAddress;
      nextAddress += SystemMemory.PAGE_BYTES;
      core.pageTables().map(root, address, busAddress, 1);
      return address;
    }

    /** Writes {@code value} to a new page and ends; returns the page's bus address. */
    long store(int value) {
      long target = core.memory().allocatePages(1);
      long address = map(target);
      submit(
          MI_STORE_DATA_IMM | 2,
          (int) address,
          (int) (address >>> 32),
          value,
          MI_BATCH_BUFFER_END,
          MI_NOOP);
      return target;
    }

    /** Loops for ever without a point at which it could be preempted. */
    CoreRequest hang() {
      long loop = nextAddress + Integer.BYTES;
      return submit(ARBITRATION_OFF, START_BATCH, (int) loop, (int) (loop >>> 32));
    }

    /** Loops until the returned page's first dword is overwritten, preemptible at any time. */
    long spin() {
      long bus = core.memory().allocatePages(1);
      long address = map(bus);
      write(bus, MI_ARB_CHECK, START_BATCH, (int) address, (int) (address >>> 32));
      context.submit(address, 16, completed::add);
      return bus;
    }

    CoreRequest submit(int... dwords) {
      long bus = core.memory().allocatePages(1);
      long address = map(bus);
      write(bus, dwords);
      return context.submit(address, dwords.length * Integer.BYTES, completed::add);
    }
  }

  /** Lets a spinner end. */
  void endSpin(long bus) {
    core.memory().write32(bus, MI_BATCH_BUFFER_END);
  }

  private void write(long bus, int... dwords) {
    for (int i = 0; i < dwords.length; i++) {
      core.memory().write32(bus + (long) i * Integer.BYTES, dwords[i]);
    }
  }

  /** Blocks until a request is over, at most {@code limitMillis}. */
  void await(CoreRequest request, long limitMillis) {
    long deadline = clock.nowNanos() + limitMillis * 1_000_000;
    while (!request.completed() && clock.nowNanos() < deadline) sleepMillis(1);
  }
}

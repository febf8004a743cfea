package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubOutcome.Completed;
import dev.systole.bridge.aub.AubOutcome.Failed;
import dev.systole.bridge.aub.AubOutcome.Looping;
import dev.systole.bridge.aub.AubOutcome.NotExecuted;
import dev.systole.bridge.aub.AubOutcome.Waiting;
import dev.systole.bridge.aub.AubPacket.Comment;
import dev.systole.bridge.aub.AubPacket.Device;
import dev.systole.bridge.aub.AubPacket.MemoryWrite;
import dev.systole.bridge.aub.AubPacket.RegisterWrite;
import dev.systole.bridge.aub.AubPacket.RingWrite;
import dev.systole.bridge.aub.AubPacket.Skipped;
import dev.systole.bridge.aub.SubmissionPorts.Port;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import dev.systole.spec.gen12.GtRegisters;
import dev.systole.spec.gen12.RingRegisters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Executes a recording of a Gen12 device on a simulated one. What the file writes goes through the
 * {@link PciFunction}, as a driver's writes do; what recorders leave out is supplied: the power
 * wells are kept awake and the engines are switched to execution lists. After each submission the
 * GPU runs until nothing happens any more.
 */
public final class AubMachine {
  /** How long a submission may take, in virtual time. */
  public static final long PATIENCE_NANOS = 1_000_000_000;

  private static final long ACCESS_NANOS = 100;

  /** Longer than any power well takes to wake. */
  private static final long WAKE_NANOS = 1_000_000;

  private static final int ENGINE_BLOCK_BYTES = 0x1000;

  private static final int WAITS =
      RingRegisters.RING_CTL_WAIT_SEMAPHORE | RingRegisters.RING_CTL_WAIT_EVENT;

  private final Platform platform;
  private final VirtualClock clock = new VirtualClock();
  private final Gpu gpu;
  private final BusMemory memory;
  private final SubmissionPorts ports = new SubmissionPorts();
  private final List<AubExecution> executions = new ArrayList<>();
  private final Set<Engine> stuck = EnumSet.noneOf(Engine.class);
  private Device device = new Device(0, OptionalInt.empty(), "");

  /** A machine after power-on. */
  public AubMachine(Platform platform) {
    this.platform = platform;
    gpu = new Gpu(platform, clock, FaultPlan.none(), (_, _, _, _, _) -> {});
    memory = new BusMemory(gpu, platform.systemMemoryBytes());
    for (ForcewakeDomain domain : ForcewakeDomain.values()) {
      write(domain.requestRegister(), masked(1));
    }
    clock.charge(WAKE_NANOS);
    for (Engine engine : platform.engines()) {
      int mode = masked(RingRegisters.RING_MODE_DISABLE_LEGACY_MODE);
      write(engine.mmioBase() + RingRegisters.RING_MODE, mode);
    }
  }

  private static int masked(int bits) {
    return bits << 16 | bits;
  }

  /**
   * Executes a whole recording.
   *
   * @return a line for each submission
   */
  public List<AubExecution> execute(AubReader recording) throws IOException {
    for (var next = recording.next(); next.isPresent(); next = recording.next()) {
      carryOut(next.get());
    }
    return List.copyOf(executions);
  }

  /** What the CPU sees of the GPU. */
  public PciFunction function() {
    return gpu;
  }

  /** Bytes of memory writes that had no place: behind no GGTT entry, or not in this machine. */
  public long lostBytes() {
    return memory.lostBytes();
  }

  private void carryOut(AubPacket packet) {
    switch (packet) {
      case Device known -> device = known;
      case MemoryWrite write -> {
        clock.charge(ACCESS_NANOS);
        memory.write(write);
      }
      case RegisterWrite write -> carryOut(write);
      case RingWrite write ->
          tell(write, write.engine(), new NotExecuted("classic files have no contexts"));
      case Comment _, Skipped _ -> {}
    }
  }

  private void carryOut(RegisterWrite write) {
    List<Port> submitted = ports.write(write);
    Optional<NotExecuted> obstacle =
        submitted.isEmpty() ? Optional.empty() : obstacle(submitted.getFirst().engine());
    if (obstacle.isPresent()) {
      for (Port port : submitted) tell(write, port.engine(), obstacle.get());
      return;
    }
    if (!submitted.isEmpty()) write(GtRegisters.GFX_FLSH_CNTL, 1);
    write(present(write.register()), write.value());
    if (submitted.isEmpty()) return;
    Engine engine = submitted.getFirst().engine();
    settle();
    AubOutcome outcome = outcome(engine);
    if (!(outcome instanceof Completed)) stuck.add(engine);
    for (Port port : submitted) tell(write, port.engine(), outcome);
  }

  /** Where a register is on Gen12: recorders write video's at the place of older generations. */
  private static int present(int register) {
    int inBlock = register - SubmissionPorts.OLD_VIDEO_BASE;
    boolean video = inBlock >= 0 && inBlock < ENGINE_BLOCK_BYTES;
    return video ? Engine.VCS0.mmioBase() + inBlock : register;
  }

  private Optional<NotExecuted> obstacle(Engine engine) {
    if (!device.isGen12()) {
      return Optional.of(new NotExecuted("it was not recorded for a Gen12 device"));
    }
    if (!platform.engines().contains(engine)) {
      return Optional.of(new NotExecuted(platform.name() + " has no " + engine + " to simulate"));
    }
    return stuck.contains(engine)
        ? Optional.of(new NotExecuted(engine + " does not get past an earlier submission"))
        : Optional.empty();
  }

  /** Runs the GPU until nothing happens any more. */
  private void settle() {
    long limit = clock.nowNanos() + PATIENCE_NANOS;
    while (gpu.nextEventNanos() <= limit) {
      clock.advanceTo(Math.max(clock.nowNanos(), gpu.nextEventNanos()));
      gpu.runUntil(clock.nowNanos());
    }
  }

  private AubOutcome outcome(Engine engine) {
    int errors = read(engine, RingRegisters.RING_ESR);
    long high = read(engine, RingRegisters.RING_ACTHD_UDW);
    long low = Integer.toUnsignedLong(read(engine, RingRegisters.RING_ACTHD));
    var at = new AubStop(read(engine, RingRegisters.RING_IPEHR), high << Integer.SIZE | low);
    if (errors != 0) return new Failed(at, errors);
    int mode = read(engine, RingRegisters.RING_MI_MODE);
    if ((mode & RingRegisters.RING_MI_MODE_MODE_IDLE) != 0) return new Completed();
    return (read(engine, RingRegisters.RING_CTL) & WAITS) != 0 ? new Waiting(at) : new Looping(at);
  }

  private int read(Engine engine, int register) {
    clock.charge(ACCESS_NANOS);
    return gpu.readRegister(engine.mmioBase() + register);
  }

  private void write(int register, int value) {
    clock.charge(ACCESS_NANOS);
    gpu.writeRegister(register, value);
  }

  private void tell(AubPacket packet, Engine engine, AubOutcome outcome) {
    int number = executions.size() + 1;
    executions.add(new AubExecution(number, packet.offsetBytes(), engine, outcome));
  }
}

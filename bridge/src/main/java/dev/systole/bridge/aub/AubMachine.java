package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubPacket.Comment;
import dev.systole.bridge.aub.AubPacket.Device;
import dev.systole.bridge.aub.AubPacket.MemoryWrite;
import dev.systole.bridge.aub.AubPacket.RegisterWrite;
import dev.systole.bridge.aub.AubPacket.RingWrite;
import dev.systole.bridge.aub.AubPacket.Skipped;
import dev.systole.bridge.aub.SubmissionPorts.Port;
import dev.systole.bridge.machine.Outcome;
import dev.systole.bridge.machine.Outcome.Completed;
import dev.systole.bridge.machine.Outcome.NotExecuted;
import dev.systole.bridge.machine.ReadyMachine;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import dev.systole.spec.gen12.GtRegisters;
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
  private static final int ENGINE_BLOCK_BYTES = 0x1000;

  private final ReadyMachine machine;
  private final BusMemory memory;
  private final SubmissionPorts ports = new SubmissionPorts();
  private final List<AubExecution> executions = new ArrayList<>();
  private final Set<Engine> stuck = EnumSet.noneOf(Engine.class);
  private Device device = new Device(0, OptionalInt.empty(), "");

  /** A machine after power-on. */
  public AubMachine(Platform platform) {
    machine = new ReadyMachine(platform);
    memory = new BusMemory(machine.function(), platform.systemMemoryBytes());
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
    return machine.function();
  }

  /** Bytes of memory writes that had no place: behind no GGTT entry, or not in this machine. */
  public long lostBytes() {
    return memory.lostBytes();
  }

  private void carryOut(AubPacket packet) {
    switch (packet) {
      case Device known -> device = known;
      case MemoryWrite write -> {
        machine.charge();
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
    if (!submitted.isEmpty()) machine.write(GtRegisters.GFX_FLSH_CNTL, 1);
    machine.write(present(write.register()), write.value());
    if (submitted.isEmpty()) return;
    Engine engine = submitted.getFirst().engine();
    machine.settle();
    Outcome outcome = machine.outcome(engine);
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
    if (!machine.platform().engines().contains(engine)) {
      return Optional.of(
          new NotExecuted(machine.platform().name() + " has no " + engine + " to simulate"));
    }
    return stuck.contains(engine)
        ? Optional.of(new NotExecuted(engine + " does not get past an earlier submission"))
        : Optional.empty();
  }

  private void tell(AubPacket packet, Engine engine, Outcome outcome) {
    int number = executions.size() + 1;
    executions.add(new AubExecution(number, packet.offsetBytes(), engine, outcome));
  }
}

package dev.systole.replayer.snapshot;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.Registers;
import dev.systole.errorstate.RequestOffsets;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.replayer.BusReplay;
import dev.systole.replayer.ReplayException;
import dev.systole.spec.Engine;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.HealthEvent.ContextCreated;
import dev.systole.trace.event.HealthEvent.RequestCompleted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engines of a trace held, each when an application's last request had completed. */
final class ReplayedState {
  /** Names of registers in an error state, and their offsets from the engine's base. */
  private static final Map<String, Integer> REGISTERS = registers();

  /** Windows' System process, and below it i915's own contexts. */
  private static final long SYSTEM_PID = 4;

  private static final int RING_PAGES_MASK = RING_CTL_SIZE_MASK;
  private static final int PAGE_BYTES = 4096;
  private static final int CONTEXT_BYTES = 14 * PAGE_BYTES;
  private static final int WRAP_COUNT_MASK = RING_HEAD_WRAP_COUNT_MASK;
  private static final int WAKE = 1 << 16 | 1;

  private ReplayedState() {}

  /**
   * Replays the hardware and reads it out.
   *
   * @throws ReplayException when no request completed in the trace
   */
  static ErrorState of(TraceReader trace) throws IOException {
    if (!trace.verify().isEmpty()) {
      throw new ReplayException(
          "nothing was captured in this trace, and it is damaged, so it cannot be replayed to see"
              + " the state of the GPU: "
              + trace.damage().getFirst());
    }
    var engines = new ArrayList<EngineState>();
    for (Map.Entry<String, Long> last : lastCompleted(trace).entrySet()) {
      var replay = new BusReplay(trace, FaultPlan.none());
      replay.runTo(last.getValue());
      engines.add(engine(named(last.getKey()), replay.gpu()));
    }
    if (engines.isEmpty()) {
      throw new ReplayException(
          "no application's request completed in this trace, so there is no state to show");
    }
    return new ErrorState(
        Optional.empty(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        Registers.NONE,
        engines,
        List.of(),
        List.of(),
        Bytes.EMPTY);
  }

  /** Per engine the event in which the last request of an application completed. */
  private static Map<String, Long> lastCompleted(TraceReader trace) throws IOException {
    var kernelContexts = new HashSet<Long>();
    var last = new LinkedHashMap<String, Long>();
    EventCursor events =
        trace.events(
            kind ->
                kind.equals(EventKinds.REQUEST_COMPLETED)
                    || kind.equals(EventKinds.CONTEXT_CREATED));
    while (events.next()) {
      switch (events.event()) {
        case ContextCreated e when e.processId() <= SYSTEM_PID -> kernelContexts.add(e.context());
        case RequestCompleted e when !kernelContexts.contains(e.context()) ->
            last.put(e.engine(), e.number());
        default -> {}
      }
    }
    return last;
  }

  private static Engine named(String kernelName) {
    return Arrays.stream(Engine.values())
        .filter(engine -> engine.kernelName().equals(kernelName))
        .findFirst()
        .orElseThrow(() -> new ReplayException("the trace has an unknown engine " + kernelName));
  }

  private static EngineState engine(Engine engine, Gpu gpu) {
    wake(gpu);
    EngineState.Builder state = EngineState.builder(engine.kernelName());
    REGISTERS.forEach(
        (name, offset) -> state.register(name, value(gpu, engine.mmioBase() + offset)));
    state.register("ACTHD", wide(gpu, engine, RING_ACTHD_UDW, RING_ACTHD));
    state.register("BBADDR", wide(gpu, engine, RING_BBADDR_UDW, RING_BBADDR));
    long root = wide(gpu, engine, RING_PDP_UDW, RING_PDP_LDW);
    state.register("PDP0", root);
    objects(engine, gpu, state);
    for (GpuPages.Run run : new GpuPages(gpu).ppgtt(root)) {
      state.object(CapturedObject.of(engine.kernelName(), "user", run.address(), run.bytes()));
    }
    return state.build();
  }

  private static void objects(Engine engine, Gpu gpu, EngineState.Builder state) {
    int base = engine.mmioBase();
    long start = value(gpu, base + RING_START);
    int ringBytes = (gpu.readRegister(base + RING_CTL) & RING_PAGES_MASK) + PAGE_BYTES;
    object(engine, gpu, "ring", start, ringBytes, state);
    object(engine, gpu, "HW Status", value(gpu, base + RING_HWS_PGA), PAGE_BYTES, state);
    long context = value(gpu, base + CCID) & CCID_LOGICAL_RING_CONTEXT_ADDRESS_MASK & 0xffffffffL;
    object(engine, gpu, "HW context", context, CONTEXT_BYTES, state);
    boolean wrapped = (gpu.readRegister(base + RING_HEAD) & WRAP_COUNT_MASK) != 0;
    int tail = gpu.readRegister(base + RING_TAIL);
    if (!wrapped) state.request(new RequestOffsets(0, tail, tail)); // shows all its requests
  }

  private static void object(
      Engine engine,
      Gpu gpu,
      String name,
      long address,
      int lengthBytes,
      EngineState.Builder state) {
    Bytes bytes = new GpuPages(gpu).ggtt(address, lengthBytes);
    if (bytes.sizeBytes() > 0) {
      state.object(CapturedObject.of(engine.kernelName(), name, address, bytes));
    }
  }

  /** Registers of wells that sleep read as zero. */
  private static void wake(Gpu gpu) {
    gpu.writeRegister(FORCEWAKE_GT, WAKE);
    gpu.writeRegister(FORCEWAKE_RENDER, WAKE);
  }

  private static long value(PciFunction gpu, int offset) {
    return Integer.toUnsignedLong(gpu.readRegister(offset));
  }

  private static long wide(PciFunction gpu, Engine engine, int upper, int lower) {
    int base = engine.mmioBase();
    return value(gpu, base + upper) << Integer.SIZE | value(gpu, base + lower);
  }

  private static Map<String, Integer> registers() {
    var registers = new LinkedHashMap<String, Integer>();
    registers.put("CCID", CCID);
    registers.put("START", RING_START);
    registers.put("HEAD", RING_HEAD);
    registers.put("TAIL", RING_TAIL);
    registers.put("CTL", RING_CTL);
    registers.put("MODE", RING_MI_MODE);
    registers.put("HWS", RING_HWS_PGA);
    registers.put("IPEIR", RING_IPEIR);
    registers.put("IPEHR", RING_IPEHR);
    registers.put("ESR", RING_ESR);
    registers.put("INSTDONE", RING_INSTDONE);
    registers.put("INSTPM", RING_INSTPM);
    registers.put("BB_STATE", RING_BBSTATE);
    return registers;
  }
}

package dev.systole.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.CpuThread;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.replayer.AppReplay.Result;
import dev.systole.trace.EventCursor;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import dev.systole.trace.TraceWriter;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.WorldEvent.FaultFired;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that a fault disturbed is a trace that replays without options, whatever the fault. */
class FaultReplayTest {
  private static final Map<String, TraceReader> RECORDED = new HashMap<>();

  private record Disturbed(TraceReader trace, Cpu.Outcome outcome) {}

  private static TraceReader recorded(String fault) throws IOException {
    String workload = fault.contains("@bcs0") ? "blit" : "two-apps";
    TraceReader trace = RECORDED.get(workload);
    if (trace == null) {
      trace = Traces.record(workload);
      RECORDED.put(workload, trace);
    }
    return trace;
  }

  private static Disturbed disturb(String... faults) throws IOException {
    TraceReader trace = recorded(faults[0]);
    FaultPlan plan =
        RecordedFaults.plan(trace, List.of(faults).stream().map(Fault::parse).toList());
    var out = new ByteArrayOutputStream();
    Cpu.Outcome outcome;
    try (var writer = TraceWriter.to(out, headerWith(trace, plan))) {
      outcome = new AppReplay(trace).inject(plan, writer.events(), Traces.LIMIT_NANOS);
    }
    return new Disturbed(Traces.open(out), outcome);
  }

  private static Header headerWith(TraceReader trace, FaultPlan plan) {
    Header parent = trace.header();
    return new Header(
        parent.seed(),
        parent.platform(),
        parent.frontEnd(),
        parent.levels(),
        parent.workload(),
        parent.arguments(),
        plan.entries().stream().map(entry -> entry.fault().text()).toList(),
        parent.modelVersion(),
        parent.toolVersion(),
        Optional.empty(),
        parent.schema());
  }

  private static List<FaultFired> firings(TraceReader trace) throws IOException {
    var firings = new ArrayList<FaultFired>();
    EventCursor events = trace.events(EventKinds.FAULT_FIRED::equals);
    while (events.next()) firings.add((FaultFired) events.event());
    return firings;
  }

  /** How a run ended, in words that are the same for two machines. */
  private static String told(Cpu.Outcome outcome) {
    return switch (outcome) {
      case Cpu.Outcome.Finished() -> "finished";
      case Cpu.Outcome.Stuck(var threads) -> "stuck: " + names(threads);
      case Cpu.Outcome.Stopped(var bugCheck) -> bugCheck;
      case Cpu.Outcome.TimeLimit(var threads) -> "at its limit: " + names(threads);
    };
  }

  private static List<String> names(List<CpuThread> threads) {
    return threads.stream().map(CpuThread::name).toList();
  }

  private static void assertReplays(Disturbed run) throws IOException {
    Result again = new AppReplay(run.trace()).compare(Traces.LIMIT_NANOS);
    switch (again) {
      case Result.Different(Divergence divergence) -> throw new AssertionError(divergence.report());
      case Result.Identical(long events, Cpu.Outcome outcome) -> {
        assertEquals(run.trace().eventCount(), events);
        assertEquals(told(run.outcome()), told(outcome));
      }
    }
    Optional<Divergence> alone = new BusReplay(run.trace(), FaultPlan.none()).run();
    assertEquals(Optional.empty(), alone.map(Divergence::report));
  }

  @ParameterizedTest
  @EnumSource
  void everyExampleFiresAndReplaysAtItsPoint(FaultKind kind) throws IOException {
    boolean needsReset = kind == FaultKind.RESET_NOT_READY || kind == FaultKind.RESET_STUCK;
    Disturbed run =
        needsReset ? disturb("loop@rcs0:request=3", kind.example()) : disturb(kind.example());
    boolean fired =
        firings(run.trace()).stream().anyMatch(each -> each.fault().equals(kind.example()));
    assertTrue(fired, kind.example() + " never fired");
    assertReplays(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stop@rcs0:probability=0.02,seed=5",
        "bad-opcode@rcs0:name=MI_STORE_DATA_IMM,nth=2",
        "lost-irq@rcs0:probability=0.2,times=all",
        "late-irq@rcs0:times=all,delay=300us",
        "forcewake:times=3",
        "spurious-irq@rcs0:register=GT_INTR_DW0,nth=4",
        "loop@rcs0:event=2000",
        "stop@rcs0:request=99,time=3ms"
      })
  void everyWayToSayWhereReplays(String fault) throws IOException {
    assertReplays(disturb(fault));
  }

  @Test
  void severalFaultsOfOneRunReplayTogether() throws IOException {
    Disturbed run =
        disturb("loop@rcs0:request=3", "reset-not-ready@rcs0", "lost-irq@rcs0:nth=5", "slow@rcs0");
    assertTrue(firings(run.trace()).size() >= 3);
    assertReplays(run);
  }

  /** Its fence arrives another way than its breadcrumb; the heartbeat throws the request away. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void aContextMayBeDestroyedWhileAnUnseenRequestIsOutstanding(int request) throws IOException {
    assertReplays(disturb("iommu@rcs0:request=" + request));
  }

  @Test
  void wedgedRunReplays() throws IOException {
    assertReplays(disturb("loop@rcs0:request=3", "reset-stuck"));
  }

  @Test
  void pointNamesEngineBatchAndCommand() throws IOException {
    FaultFired fired = firings(disturb("loop@rcs0:request=3").trace()).getFirst();
    assertEquals("rcs0", fired.engine());
    assertEquals(3, fired.batchOrdinal());
    assertTrue(fired.commandAddress() != 0 && fired.occasion() > 0);
  }

  @Test
  void eventThatTheTraceDoesNotHaveIsRefused() {
    var problem = assertThrows(ReplayException.class, () -> disturb("loop@rcs0:event=999999999"));
    assertTrue(problem.getMessage().startsWith("fault 'loop@rcs0:event=999999999': the trace has"));
  }
}

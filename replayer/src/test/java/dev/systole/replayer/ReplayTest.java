package dev.systole.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.replayer.AppReplay.Result;
import dev.systole.replayer.Divergence.Cause;
import dev.systole.trace.EventSink;
import dev.systole.trace.TraceReader;
import dev.systole.trace.TraceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  @ParameterizedTest
  @ValueSource(strings = {"triangle", "blit", "two-apps"})
  void givenAnUnchangedStackTheApplicationsStepsLeadToEveryRecordedEvent(String workload)
      throws IOException {
    TraceReader trace = Traces.record(workload);
    Result result = new AppReplay(trace).compare(Traces.LIMIT_NANOS);
    assertEquals(
        new Result.Identical(trace.eventCount(), new Cpu.Outcome.Finished()), result, workload);
  }

  @ParameterizedTest
  @ValueSource(strings = {"triangle", "blit", "two-apps"})
  void givenUnchangedHardwareTheRecordedAccessesFindEveryRecordedAnswer(String workload)
      throws IOException {
    TraceReader trace = Traces.record(workload);
    assertEquals(Optional.empty(), new BusReplay(trace, FaultPlan.none()).run());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"loop@rcs0:request=3", "stop@rcs0:request=2,command=3", "loop@rcs0:time=4700us"})
  void aHungRunIsATraceThatReplaysWithoutOptions(String fault) throws IOException {
    TraceReader hung = hang("two-apps", fault);
    assertEquals(
        new Result.Identical(hung.eventCount(), new Cpu.Outcome.Finished()),
        new AppReplay(hung).compare(Traces.LIMIT_NANOS));
    assertEquals(Optional.empty(), new BusReplay(hung, FaultPlan.none()).run());
  }

  @Test
  void whatDiffersFirstIsReportedWithItsPlaceAndBitFields() throws IOException {
    TraceReader trace = Traces.record("triangle", sink -> flipRegisterRead(sink, 200));
    Result result = new AppReplay(trace).compare(Traces.LIMIT_NANOS);
    Divergence divergence = assertInstanceOf(Result.Different.class, result).divergence();
    assertEquals(Cause.HARDWARE, divergence.cause());
    assertTrue(
        divergence.differences().stream().anyMatch(each -> each.startsWith("value: expected")),
        divergence.report());
    assertEquals(20, divergence.before().size());
    Divergence alone = new BusReplay(trace, FaultPlan.none()).run().orElseThrow();
    assertEquals(divergence.event(), alone.event());
  }

  @Test
  void givenAFaultTheRunIsComparedUpToItAndNoFurther() throws IOException {
    TraceReader trace = Traces.record("two-apps");
    TraceReader hung = hang("two-apps", "loop@rcs0:request=3");
    assertEquals(Optional.empty(), new DivergenceFinder(trace).untilFault(hung));
    TraceReader other = Traces.record("two-apps", sink -> flipRegisterRead(sink, 200));
    Divergence divergence = new DivergenceFinder(other).untilFault(hung).orElseThrow();
    assertEquals(Cause.HARDWARE, divergence.cause());
  }

  @Test
  void givenAFaultAtLevelBusNobodyRecoversTheEngineAndItIsReportedWithItsCommand()
      throws IOException {
    TraceReader trace = Traces.record("two-apps");
    FaultPlan stop = FaultPlan.of(List.of(Fault.parse("stop@rcs0:request=3")));
    HardwareExperiment result = HardwareExperiment.run(trace, stop);
    assertEquals(List.of(), result.faultsNotFired());
    assertEquals(Optional.empty(), result.divergence());
    assertEquals(List.of(), result.expected());
    assertEquals(1, result.unfinished().size(), result.unfinished()::toString);
    assertTrue(result.unfinished().getFirst().startsWith("rcs0 with "), result.toString());
  }

  @Test
  void aFaultThatNeverFiresLeavesTheRunAsItWas() throws IOException {
    TraceReader trace = Traces.record("triangle");
    String never = "stop@rcs0:request=999";
    TraceReader made = hang("triangle", never);
    assertEquals(Optional.empty(), new DivergenceFinder(trace).untilFault(made));
    FaultPlan plan = FaultPlan.of(List.of(Fault.parse(never)));
    assertEquals(
        new HardwareExperiment(List.of(never), Optional.empty(), List.of(), List.of()),
        HardwareExperiment.run(trace, plan));
  }

  /** The trace that a run with a fault leaves. */
  private static TraceReader hang(String workload, String fault) throws IOException {
    TraceReader trace = Traces.record(workload);
    var out = new ByteArrayOutputStream();
    try (var writer = TraceWriter.to(out, trace.header())) {
      FaultPlan plan = FaultPlan.of(List.of(Fault.parse(fault)));
      Cpu.Outcome outcome = new AppReplay(trace).inject(plan, writer.events(), Traces.LIMIT_NANOS);
      assertEquals(new Cpu.Outcome.Finished(), outcome);
    }
    return Traces.open(out);
  }

  /** Passes everything on, but inverts the lowest bit of one register that is read. */
  private static EventSink flipRegisterRead(EventSink sink, int which) {
    var seen = new int[1];
    return (EventSink)
        Proxy.newProxyInstance(
            EventSink.class.getClassLoader(),
            new Class<?>[] {EventSink.class},
            (_, method, arguments) -> {
              if (method.getName().equals("registerRead") && ++seen[0] == which) {
                arguments[4] = (Long) arguments[4] ^ 1;
              }
              return method.invoke(sink, arguments);
            });
  }
}

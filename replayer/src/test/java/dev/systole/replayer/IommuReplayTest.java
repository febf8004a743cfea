package dev.systole.replayer;

import static dev.systole.spec.gen12.DmaRemapping.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.probe.BusProbe;
import dev.systole.recorder.probe.Recording;
import dev.systole.recorder.workload.Workloads;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.TraceWriter;
import dev.systole.trace.event.BusEvent;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What software tells the remapping unit, and what that answers, is part of a trace. */
class IommuReplayTest {
  private static final long APERTURE = 0x40_0000_0000L;
  private static final int GGTT_ENTRIES = 8 << 20;
  private static final int ROOT_TABLE = 0x10_0000;
  private static final int CONTEXT_TABLE = 0x10_1000;
  private static final int CONTEXT_ENTRY = CONTEXT_TABLE + 0x10 * 16;
  private static final int PAGE_TABLE = 0x10_2000;
  private static final long OUTSIDE = 0x20_0000;
  private static final long READ_FAULT =
      Integer.toUnsignedLong(
          DMAR_FRCD_REG_FAULT | DMAR_FRCD_REG_TYPE | DMAR_FRCD_REG_REASON_READ_NOT_PERMITTED);

  /** A domain without a page, and an access of the device, through the aperture, to one. */
  private static TraceReader record(long fourthDwordOfTheFault) throws IOException {
    var recorder =
        new Recorder(Workloads.byName("triangle").orElseThrow(), Map.of(), Platform.TGL, 1);
    var out = new ByteArrayOutputStream();
    try (var writer = TraceWriter.to(out, recorder.header("test"))) {
      var clock = new VirtualClock();
      var gpu = new Gpu(Platform.TGL, clock, FaultPlan.none(), (_, _) -> {});
      var recording = new Recording(writer.events(), new Cpu(clock, gpu), gpu);
      var bus = new BusProbe(gpu, recording);
      var events = new ArrayList<Long>();
      bus.connectIommu(events::add);
      bus.writeMemory64(ROOT_TABLE, CONTEXT_TABLE | 1);
      bus.writeMemory64(CONTEXT_ENTRY, PAGE_TABLE | 1);
      bus.writeMemory64(CONTEXT_ENTRY + 8, DMAR_CONTEXT_ENTRY_ADDRESS_WIDTH__4_LEVELS);
      bus.writeRegister64(GGTT_ENTRIES, OUTSIDE | 1);
      clock.charge(100);
      bus.writeIommu(DMAR_FECTL_REG, 0);
      bus.writeIommu(DMAR_RTADDR_REG, ROOT_TABLE);
      bus.writeIommu(
          DMAR_GCMD_REG, DMAR_GCMD_REG_SET_ROOT_TABLE_POINTER | DMAR_GCMD_REG_TRANSLATION_ENABLE);
      clock.charge(100);
      assertEquals(-1, bus.readMemory32(APERTURE));
      assertEquals(List.of(200L), events);
      clock.charge(100);
      assertEquals((int) OUTSIDE, bus.readIommu(DMAR_FRCD_REG));
      writer
          .events()
          .begin(EventKinds.IOMMU_READ, writer.events().lane(Lane.of("test")), clock.nowNanos())
          .integer(DMAR_FRCD_REG + 12)
          .integer(fourthDwordOfTheFault)
          .end();
    }
    return Traces.open(out);
  }

  @Test
  void faultOfADomainReplays() throws IOException {
    TraceReader trace = record(READ_FAULT);
    assertEquals(Optional.empty(), new BusReplay(trace, FaultPlan.none()).run());
  }

  @Test
  void otherAnswerOfTheUnitIsADivergence() throws IOException {
    TraceReader trace = record(READ_FAULT + 1);
    Divergence divergence = new BusReplay(trace, FaultPlan.none()).run().orElseThrow();
    assertTrue(divergence.report().contains("iommu-read"), divergence.report());
  }

  @Test
  void faultEventHasAVectorOfItsOwn() throws IOException {
    var vectors = new ArrayList<Long>();
    EventCursor events = record(READ_FAULT).events();
    while (events.next()) {
      if (events.event() instanceof BusEvent.Interrupt e) vectors.add(e.vector());
    }
    assertEquals(List.of((long) BusEvent.Interrupt.IOMMU), vectors);
  }
}

package dev.systole.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DESIGN part 4: hardware whose state was saved and restored goes on as if nothing had been. */
class RestoredHardwareTest {
  private static final int EXCHANGES = 10;

  static List<Path> sampleTraces() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../sample-traces"))) {
      return files.filter(file -> file.toString().endsWith(".systole")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sampleTraces")
  void hardwareThatIsRestoredAtRandomEventsEndsAsTheOneThatWasNot(Path file) throws IOException {
    assertEquals(hashesAtTheEnd(file, 0), hashesAtTheEnd(file, EXCHANGES));
  }

  private static List<Long> hashesAtTheEnd(Path file, int exchanges) throws IOException {
    try (TraceReader trace = TraceReader.open(file)) {
      assertFalse(trace.eventCount() < EXCHANGES);
      var replay = new BusReplay(trace, FaultPlan.none());
      long[] places =
          new Random(1).longs(exchanges, 1, trace.eventCount()).sorted().distinct().toArray();
      for (long place : places) {
        assertEquals(Optional.empty(), replay.runTo(place));
        replay.exchangeHardware();
      }
      assertEquals(Optional.empty(), replay.run());
      Gpu gpu = replay.gpu();
      return List.of(gpu.registersHash(), gpu.memoryHash(), gpu.enginesHash());
    }
  }
}

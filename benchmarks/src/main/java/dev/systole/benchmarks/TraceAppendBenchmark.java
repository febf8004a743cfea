package dev.systole.benchmarks;

import dev.systole.trace.EventSink;
import dev.systole.trace.Header;
import dev.systole.trace.TraceWriter;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events appended to a trace per second, compression included: the traffic of requests, each with
 * its batch written by the application, its ring commands, the submission, and the interrupt with
 * what its handler reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TraceAppendBenchmark {
  private static final int REQUESTS = 50_000;
  private static final int BATCH_DWORDS = 8;
  private static final int RING_DWORDS = 12;
  private static final int EVENTS_PER_REQUEST = BATCH_DWORDS + RING_DWORDS + 2 + 1 + 3;

  /** Writes a trace of many requests to nowhere. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * EVENTS_PER_REQUEST)
  public long append() throws IOException {
    var writer = TraceWriter.to(OutputStream.nullOutputStream(), header());
    var traffic = new Traffic(writer.events());
    for (int i = 0; i < REQUESTS; i++) traffic.request(i);
    writer.close();
    return writer.contentBytes();
  }

  private static Header header() {
    return new Header(
        1,
        "tgl",
        "wddm",
        List.of("app", "bus"),
        "benchmark",
        Map.of(),
        List.of(),
        "1",
        "1",
        Optional.empty(),
        EventKinds.schema(List.of()));
  }

  private static final class Traffic {
    private final EventSink events;
    private final int application;
    private final int kernel;
    private final int interrupt;
    private long timeNanos;

    Traffic(EventSink events) {
      this.events = events;
      application = events.lane(Lane.of("app", 7, "main"));
      kernel = events.lane(Lane.of("submit"));
      interrupt = events.lane(Lane.of("interrupt"));
    }

    void request(int number) {
      long batch = 0x10_0000L + number % 64 * 4096L;
      for (int i = 0; i < BATCH_DWORDS; i++) {
        long value = i == 0 ? 0x7b000005 : number * 3L + i;
        events.mappingWrite(application, time(10), 3, i * 4L, batch + i * 4L, 4, value);
      }
      long tail = number % 256 * (RING_DWORDS * 4L);
      for (int i = 0; i < RING_DWORDS; i++) {
        events.memoryWrite(kernel, time(12), 0x80_0000L + tail + i * 4L, 4, 0x1000_0000L + i);
      }
      events.registerWrite(kernel, time(150), 0x2510, 4, tail);
      events.registerWrite(kernel, time(150), 0x2514, 4, number);
      events.interrupt(interrupt, time(20_000), 0);
      events.registerRead(interrupt, time(300), 0x190018, 4, 1);
      events.registerWrite(interrupt, time(150), 0x190018, 4, 1);
      events.memoryRead(interrupt, time(40), 0x90_0000L + number % 12 * 8, 8, number);
    }

    private long time(int costNanos) {
      timeNanos += costNanos;
      return timeNanos;
    }
  }
}

package dev.systole.benchmarks.ratios;

import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.workload.Workload;
import dev.systole.recorder.workload.Workloads;
import dev.systole.replayer.Levels;
import dev.systole.replayer.NewTrace;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures a long {@code two-apps}, each ratio against its baseline in the same run; the least of
 * several interleaved rounds counts, since noise only adds.
 */
public final class Ratios {
  private static final long LIMIT_NANOS = 3_600_000_000_000L;
  private static final int ROUNDS = 10;

  /** Of an event with its time, lane and fields in columns of full width (DESIGN, part 5). */
  private static final double FIXED_WIDTH_EVENT_BYTES = 41;

  private final Workload workload = Workloads.byName("two-apps").orElseThrow();
  private final Map<String, String> arguments;

  private Ratios(String frames) {
    arguments = Map.of("frames", frames);
  }

  /** {@code Ratios [--format json] [FRAMES]}. */
  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.asList(args);
    boolean json = words.equals(List.of("--format", "json")) || words.size() == 3;
    String frames = words.size() % 2 == 1 ? words.getLast() : "4000";
    Path file = Files.createTempFile("ratios", ".systole");
    try {
      print(new Ratios(frames).measure(file), json);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Map<String, Double> measure(Path file) throws IOException {
    double plain = Double.MAX_VALUE;
    double record = Double.MAX_VALUE;
    double app = Double.MAX_VALUE;
    double bus = Double.MAX_VALUE;
    NewTrace trace = null;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      new PlainMachine(Platform.TGL).run(workload.processes(arguments, 1), LIMIT_NANOS);
      long plainEnd = System.nanoTime();
      var recorder = new Recorder(workload, arguments, Platform.TGL, 1);
      trace = NewTrace.record(recorder, file, "benchmark", LIMIT_NANOS, _ -> {});
      long recordEnd = System.nanoTime();
      compare(file, Levels.APP);
      long appEnd = System.nanoTime();
      compare(file, Levels.BUS);
      long busEnd = System.nanoTime();
      plain = Math.min(plain, plainEnd - start);
      record = Math.min(record, recordEnd - plainEnd);
      app = Math.min(app, appEnd - recordEnd);
      bus = Math.min(bus, busEnd - appEnd);
    }
    double bytesPerEvent = (double) trace.contentBytes() / trace.events();
    var figures = new LinkedHashMap<String, Double>();
    figures.put("events", (double) trace.events());
    figures.put("recordOverhead", record / plain);
    figures.put("replayAppRatio", app / record);
    figures.put("replayBusRatio", bus / record);
    figures.put("bytesPerEvent", bytesPerEvent);
    figures.put("compressionRatio", FIXED_WIDTH_EVENT_BYTES / bytesPerEvent);
    figures.put("eventsPerSecond", trace.events() / (record / 1e9));
    return figures;
  }

  private static void compare(Path file, String level) throws IOException {
    try (TraceReader trace = TraceReader.open(file)) {
      if (Levels.replay(trace, level, LIMIT_NANOS).divergence().isPresent()) {
        throw new IllegalStateException("the replay at level " + level + " diverged");
      }
    }
  }

  private static void print(Map<String, Double> figures, boolean json) {
    var out = new StringBuilder(json ? "{" : "");
    figures.forEach(
        (name, value) ->
            out.append(
                String.format(
                    Locale.ROOT,
                    json ? "%s\"%s\":%.3f" : "%s%-18s %14.3f\n",
                    json && out.length() > 1 ? "," : "",
                    name,
                    value)));
    System.out.println(json ? out.append('}') : out.toString().stripTrailing());
  }
}

package dev.systole.benchmarks;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.Decoding;
import dev.systole.decoder.DecodingText;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.text.ErrorStateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bytes of commands that are decoded to text per second, all fields printed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
  private static final String SAMPLE =
      "shell/src/test/resources/dev/systole/shell/o01-tgl-3dprimitive.error";

  /** What was decoded. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Decoded {
    /** Bytes of commands. */
    public long commandBytes;
  }

  /** The error state, from the project's folder. */
  @Param(SAMPLE)
  public String file;

  private ErrorState dump;
  private long commandBytes;

  /** Reads the error state, and how many bytes of commands it has. */
  @Setup
  public void read() throws IOException {
    dump = ErrorStateReader.read(Path.of(file));
    decoding()
        .engines()
        .forEach(
            engine ->
                engine.forEach(
                    element -> {
                      if (element instanceof CommandRead read) {
                        commandBytes += read.command().lengthBytes();
                      }
                    }));
  }

  /** Decodes all of it. */
  @Benchmark
  public void toText(Decoded decoded) throws IOException {
    new DecodingText(OutputStream.nullOutputStream(), true).write(decoding());
    decoded.commandBytes += commandBytes;
  }

  private Decoding decoding() {
    return Decoder.gen12().decode(dump);
  }
}

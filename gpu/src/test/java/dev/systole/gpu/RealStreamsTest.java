package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.RING_ESR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command that real drivers recorded is known to its engine, and as long as the listing
 * beside the recording has it. Listings hold headers alone: what stands behind them here is no
 * command, so that a wrong length ends in an error. What would leave the batch or wait is left out.
 */
class RealStreamsTest {
  private static final Pattern COMMAND =
      Pattern.compile("0x([0-9a-f]+):  0x([0-9a-f]{8}):  ([A-Z0-9_]+).*");

  private static final int NO_COMMAND = 0x20000000;
  private static final int STORE_PPGTT = 0x10000002;
  private static final int DONE = 0x600d;
  private static final long NANOS_MAX = 20_000_000_000_000L;

  private record Listed(long address, int header, String name) {
    boolean leavesOrWaits() {
      return switch (name) {
        case "MI_BATCH_BUFFER_START",
            "MI_BATCH_BUFFER_END",
            "MI_CONDITIONAL_BATCH_BUFFER_END",
            "MI_SEMAPHORE_WAIT",
            "MI_SET_PREDICATE" ->
            true;
        default -> false;
      };
    }
  }

  @TestFactory
  Stream<DynamicTest> realCommandsAreParsedByTheirLength() throws IOException {
    Optional<Path> shared = shared();
    assumeTrue(shared.isPresent(), "the shared corpus is not there");
    try (var files = Files.list(shared.orElseThrow().resolve("corpus/aub"))) {
      List<Path> listings =
          files.filter(file -> file.toString().endsWith(".headers.txt.gz")).sorted().toList();
      return listings.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }
  }

  private static void run(Path file) throws IOException {
    String name = file.getFileName().toString();
    Engine engine = name.contains("-va-") ? Engine.VCS0 : Engine.RCS0;
    Platform platform = name.startsWith("dg2") ? Platform.DG2 : Platform.TGL;
    var fixture = new GpuFixture(platform, FaultPlan.none());
    var context = fixture.context(engine);
    context.tables().map(NO_COMMAND, fixture.allocate(1), 1);
    var target = context.tables().buffer(1);
    int[] mark = {STORE_PPGTT, target.low(), target.high(), DONE};
    fixture.submit(context.emitBatch(context.batch(Commands.join(stream(file), mark))));
    fixture.runFor(NANOS_MAX);
    assertEquals(0, fixture.read(engine, RING_ESR), "%08x".formatted(fixture.read(engine, 0x68)));
    assertEquals(DONE, fixture.load(target.bus()));
  }

  /** The commands of the listing one behind the other. */
  private static int[] stream(Path file) throws IOException {
    List<Listed> listed = listed(file);
    var stream = new ArrayList<int[]>();
    for (int i = 0; i + 1 < listed.size(); i++) {
      Listed command = listed.get(i);
      long lengthBytes = listed.get(i + 1).address() - command.address();
      boolean lastOfItsBuffer = lengthBytes < 0;
      if (command.leavesOrWaits() || lastOfItsBuffer) continue;
      int[] dwords = new int[Math.toIntExact(lengthBytes / Integer.BYTES)];
      Arrays.fill(dwords, NO_COMMAND);
      dwords[0] = command.header();
      stream.add(dwords);
    }
    return Commands.join(stream.toArray(int[][]::new));
  }

  private static List<Listed> listed(Path file) throws IOException {
    try (var input = new GZIPInputStream(Files.newInputStream(file));
        var lines = new BufferedReader(new InputStreamReader(input))) {
      return lines
          .lines()
          .map(COMMAND::matcher)
          .filter(Matcher::matches)
          .map(
              line ->
                  new Listed(
                      Long.parseLong(line.group(1), 16),
                      Integer.parseUnsignedInt(line.group(2), 16),
                      line.group(3)))
          .toList();
    }
  }

  private static Optional<Path> shared() {
    String given = System.getProperty("systole.shared");
    Path root = Path.of("").toAbsolutePath().getParent();
    return given != null
        ? Optional.of(Path.of(given))
        : Stream.of("../shared", "../../shared")
            .map(root::resolve)
            .filter(Files::isDirectory)
            .findFirst();
  }
}

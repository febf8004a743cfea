package dev.systole.bridge.aub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.systole.bridge.SharedCorpus;
import dev.systole.bridge.machine.Outcome;
import dev.systole.bridge.machine.Outcome.Completed;
import dev.systole.bridge.machine.Outcome.NotExecuted;
import dev.systole.bridge.machine.Outcome.Waiting;
import dev.systole.bridge.machine.Stop;
import dev.systole.gpu.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What real drivers recorded for Gen12 devices runs to its end on the simulated one. */
class CorpusExecutionTest {
  private static final Platform PLATFORM = Platform.TGL;

  @TestFactory
  Stream<DynamicTest> everyBatchOfAGen12DeviceIsExecutedToItsEnd() throws IOException {
    return SharedCorpus.recordings("(tgl-gl|tgl-vk-tri|rkl).*").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    for (AubExecution execution : execute(file)) {
      if (PLATFORM.engines().contains(execution.engine())) {
        assertEquals(new Completed(), execution.outcome(), execution::toString);
      } else {
        assertInstanceOf(NotExecuted.class, execution.outcome(), execution::toString);
      }
    }
  }

  /** The second event of the batch is set by the CPU. */
  @Test
  void anEventThatTheCpuWouldHaveSetIsWaitedFor() throws IOException {
    Path file = SharedCorpus.recordings("tgl-vk-event").getFirst();
    Outcome second = execute(file).get(1).outcome();
    assertEquals(new Waiting(new Stop(0x0e00c002, 0xfffe_ffff_92a0L)), second);
  }

  @TestFactory
  Stream<DynamicTest> otherGenerationsAreNotExecuted() throws IOException {
    return SharedCorpus.recordings("(skl|icl|dg2).*").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      for (AubExecution execution : execute(file)) {
                        assertInstanceOf(NotExecuted.class, execution.outcome());
                      }
                    }));
  }

  private static List<AubExecution> execute(Path file) throws IOException {
    var machine = new AubMachine(PLATFORM);
    try (var reader = AubReader.open(Files.newInputStream(file), file.toString())) {
      List<AubExecution> executions = machine.execute(reader);
      assertEquals(0, machine.lostBytes());
      return executions;
    }
  }
}

package dev.systole.bridge.errorstate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.systole.bridge.SharedCorpus;
import dev.systole.bridge.machine.Outcome;
import dev.systole.bridge.machine.Outcome.Completed;
import dev.systole.bridge.machine.Outcome.NotExecuted;
import dev.systole.bridge.machine.Outcome.NothingThere;
import dev.systole.bridge.machine.Outcome.Waiting;
import dev.systole.bridge.machine.Stop;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.text.ErrorStateReader;
import dev.systole.gpu.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The dumps of the shared corpus. Their hangs are made up: the batches are real and end when they
 * are executed.
 */
class CorpusErrorStateTest {
  @TestFactory
  Stream<DynamicTest> theBatchOfAGen12DumpIsExecutedToItsEnd() throws IOException {
    return SharedCorpus.errorStates("o(01|02|04|05|06|07|08|11|12|15|16)-.*").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      for (BatchExecution execution : executions(file)) {
                        assertEquals(new Completed(), execution.outcome(), execution::toString);
                      }
                    }));
  }

  @Test
  void anEventThatNobodySetsIsWaitedFor() throws IOException {
    assertEquals(new Waiting(new Stop(0x0e00c002, 0xfffe_ffff_92a0L)), first("o03-.*").outcome());
  }

  @Test
  void aBatchThatWasNotCapturedIsMissed() throws IOException {
    Outcome outcome = first("o09-.*").outcome();
    assertEquals(
        "not executed: the dump does not hold the batch at PPGTT 0xfffeffeee000",
        assertInstanceOf(NotExecuted.class, outcome).toString());
  }

  @Test
  void aBatchThatIsCutIsExecutedUpToTheCut() throws IOException {
    BatchExecution execution = first("o10-.*");
    assertInstanceOf(NothingThere.class, execution.outcome(), execution::toString);
  }

  @TestFactory
  Stream<DynamicTest> otherGenerationsAreNotExecuted() throws IOException {
    return SharedCorpus.errorStates("o(13|14)-.*").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertInstanceOf(
                            NotExecuted.class, executions(file).getFirst().outcome())));
  }

  private static BatchExecution first(String pattern) throws IOException {
    return executions(SharedCorpus.errorStates(pattern).getFirst()).getFirst();
  }

  private static List<BatchExecution> executions(Path file) throws IOException {
    var dump = ErrorStateReader.read(Bytes.of(Files.readAllBytes(file)), file.toString());
    return new ErrorStateMachine(Platform.TGL, dump).execute();
  }
}

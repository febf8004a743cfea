package dev.systole.bridge.aub;

import static dev.systole.bridge.aub.AubBuilder.PHYSICAL;
import static dev.systole.bridge.aub.AubBuilder.tigerLake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.bridge.machine.Outcome;
import dev.systole.bridge.machine.Outcome.Completed;
import dev.systole.bridge.machine.Outcome.Failed;
import dev.systole.bridge.machine.Outcome.Looping;
import dev.systole.bridge.machine.Outcome.NotExecuted;
import dev.systole.bridge.machine.Outcome.Waiting;
import dev.systole.bridge.machine.Stop;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AubMachineTest {
  private static final long BATCH = 0xfffe_ffff_d000L;
  private static final int LOW = (int) BATCH;
  private static final int HIGH = (int) (BATCH >>> 32);
  private static final int STORE = 0x10000002;
  private static final int END = 0x05000000;
  private static final int RENDER = 0x2000;

  private final AubMachine machine = new AubMachine(Platform.TGL);

  private static AubBuilder givenBatch(int... commands) {
    AubBuilder aub = tigerLake().context(BATCH, 0x300000);
    return aub.memory(PHYSICAL, 0x300000, commands).ring(0x18800101, LOW, HIGH, 0);
  }

  private List<Outcome> execute(AubBuilder aub) throws IOException {
    return machine.execute(aub.reader()).stream().map(AubExecution::outcome).toList();
  }

  @Test
  void aBatchDoesWhatItsCommandsSay() throws IOException {
    AubBuilder aub = givenBatch(STORE, LOW + 0x100, HIGH, 0x1234, END).submit(RENDER);
    assertEquals(List.of(new Completed()), execute(aub));
    assertEquals(0x1234, machine.function().readMemory32(0x300100));
    assertEquals(0, machine.lostBytes());
  }

  @Test
  void theSameContextIsSubmittedAgainWithOtherCommands() throws IOException {
    AubBuilder aub = givenBatch(STORE, LOW + 0x100, HIGH, 1, END).submit(RENDER);
    aub.memory(PHYSICAL, 0x300000, STORE, LOW + 0x104, HIGH, 2, END);
    aub.ring(0x18800101, LOW, HIGH, 0).submit(RENDER);
    assertEquals(List.of(new Completed(), new Completed()), execute(aub));
    assertEquals(2, machine.function().readMemory32(0x300104));
  }

  @Test
  void theCopyEngineExecutesToo() throws IOException {
    AubBuilder aub = givenBatch(STORE, LOW + 0x100, HIGH, 7, END).submit(0x22000);
    assertEquals(List.of(new Completed()), execute(aub));
    assertEquals(7, machine.function().readMemory32(0x300100));
  }

  @Test
  void aWaitThatNothingEndsIsToldWithItsPlace() throws IOException {
    AubBuilder aub = givenBatch(0x0e00c002, 1, LOW + 0x100, HIGH, END);
    aub.submit(RENDER).submit(RENDER);
    List<Outcome> outcomes = execute(aub);
    assertEquals(new Waiting(new Stop(0x0e00c002, BATCH)), outcomes.getFirst());
    NotExecuted second = assertInstanceOf(NotExecuted.class, outcomes.getLast());
    assertTrue(second.why().contains("earlier submission"), second.why());
  }

  @Test
  void aLoopIsTold() throws IOException {
    List<Outcome> outcomes = execute(givenBatch(0x18800101, LOW, HIGH).submit(RENDER));
    assertEquals(new Looping(new Stop(0x18800101, BATCH)), outcomes.getFirst());
  }

  @Test
  void anUnknownCommandIsAFailure() throws IOException {
    List<Outcome> outcomes = execute(givenBatch(0, 0xe0000000).submit(RENDER));
    assertEquals(new Failed(new Stop(0xe0000000, BATCH + 4), 1), outcomes.getFirst());
  }

  @Test
  void anEngineThatIsNotSimulatedIsTold() throws IOException {
    AubExecution execution = machine.execute(givenBatch(END).submit(0x1a000).reader()).getFirst();
    assertEquals(Engine.CCS0, execution.engine());
    assertTrue(execution.toString().endsWith("tgl has no ccs0 to simulate"));
  }

  @Test
  void aDeviceOfAnotherGenerationIsNotExecuted() throws IOException {
    byte[] bytes = givenBatch(END).submit(RENDER).build();
    System.arraycopy("1912".getBytes(), 0, bytes, 20 + "PCI-ID=0x".length(), 4);
    Outcome outcome = execute(new AubBuilder().bytes(bytes)).getFirst();
    assertTrue(outcome.toString().contains("not recorded for a Gen12 device"));
  }

  @Test
  void whatHasNoPlaceIsCounted() throws IOException {
    AubBuilder aub = tigerLake().memory(PHYSICAL, 1L << 45, 1, 2).memory(AubBuilder.GGTT, 0, 3);
    assertEquals(List.of(), execute(aub));
    assertEquals(12, machine.lostBytes());
  }
}

package dev.systole.gpu;

import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM;
import static dev.systole.spec.gen12.RingRegisters.CS_GPR;
import static dev.systole.spec.gen12.RingRegisters.CS_GPR_COUNT;
import static dev.systole.spec.gen12.SubmissionStructures.OTHER_CONTEXT_STATE_RING_HEAD_DWORD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whenever contexts are taken from the engine, they do in the end what they would have done. */
class PreemptionTest {
  private static final int BATCHES = 4;
  private static final int BATCH_DWORDS = 600;
  private static final int GPR_DWORDS = 2 * CS_GPR_COUNT;
  private static final int TARGET_BYTES = 4 * 4096;

  /** An engine with two contexts, each with batches that write to buffers of its own. */
  private static final class Load {
    final GpuFixture fixture = new GpuFixture();
    final List<TestContext> contexts = new ArrayList<>();
    final List<PageTables.Buffer> targets = new ArrayList<>();

    Load(Engine engine, long seed) {
      var random = new Random(seed);
      for (int i = 0; i < 2; i++) {
        var context = fixture.context(engine);
        context.emitBatch(context.batch(clearedRegisters(engine)));
        for (int batch = 0; batch < BATCHES; batch++) {
          var commands = new RandomCommands(random, context);
          context.emitBatch(context.batch(commands.dwords(BATCH_DWORDS)));
          targets.add(commands.target());
        }
        contexts.add(context);
      }
    }

    /** A first image leaves registers as the context before had them. */
    private static int[] clearedRegisters(Engine engine) {
      int[] commands = new int[1 + 2 * GPR_DWORDS];
      commands[0] = MI_LOAD_REGISTER_IMM | 2 * GPR_DWORDS - 1;
      for (int i = 0; i < GPR_DWORDS; i++) {
        commands[1 + 2 * i] = engine.mmioBase() + CS_GPR + Integer.BYTES * i;
      }
      return commands;
    }

    boolean isDone(TestContext context) {
      return context.state(OTHER_CONTEXT_STATE_RING_HEAD_DWORD) == context.tail();
    }

    byte[] written() {
      byte[] bytes = new byte[targets.size() * TARGET_BYTES];
      for (int i = 0; i < targets.size(); i++) {
        fixture.gpu.readMemory(targets.get(i).bus(), bytes, i * TARGET_BYTES, TARGET_BYTES);
      }
      return bytes;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCS0, 1",
    "RCS0, 2",
    "RCS0, 3",
    "RCS0, 4",
    "BCS0, 5",
    "BCS0, 6",
    "VCS0, 7",
    "VCS1, 8",
    "VECS0, 9",
    "VECS0, 10"
  })
  void preemptedAtRandomTimesTheEndIsTheSame(Engine engine, long seed) {
    var straight = new Load(engine, seed);
    straight.fixture.submit(straight.contexts.get(0), straight.contexts.get(1));
    straight.fixture.runMillis(20);
    assertTrue(straight.contexts.stream().allMatch(straight::isDone), "seed " + seed);

    var preempted = new Load(engine, seed);
    var random = new Random(~seed);
    int switches = 0;
    for (; !preempted.contexts.stream().allMatch(preempted::isDone); switches++) {
      assertTrue(switches < 10_000, "seed " + seed);
      var first = preempted.contexts.get(random.nextInt(2));
      var second = preempted.contexts.get(random.nextInt(2));
      preempted.fixture.submit(first, second == first ? null : second);
      preempted.fixture.runFor(random.nextInt(60_000));
    }
    preempted.fixture.runMillis(1);
    assertTrue(switches > 4, "seed " + seed + ": " + switches);
    assertArrayEquals(straight.written(), preempted.written(), "seed " + seed);
  }
}

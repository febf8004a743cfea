package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.GDRST;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.StateCommands.*;
import static dev.systole.spec.gen12.VideoCommands.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 3D, GPGPU and media state is tracked per context as last written (gen12-commands.md 6, end). */
class LastStateTest {
  private static final int[] MULTISAMPLE = {_3DSTATE_MULTISAMPLE, 2};
  private static final int[] CLIP = {_3DSTATE_CLIP | 2, 0x400, 3 << 13, 0};

  private final GpuFixture fixture = new GpuFixture();

  private void run(TestContext context, int[]... commands) {
    fixture.submit(context.emitBatch(context.batch(Commands.join(commands))));
    fixture.runMillis(1);
  }

  private List<int[]> state(Engine engine) {
    return fixture.gpu.lastState(engine);
  }

  private static void assertCommands(List<int[]> actual, int[]... expected) {
    assertEquals(expected.length, actual.size());
    for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual.get(i));
  }

  @Test
  void commandsAreKeptWithTheirDwordsInTheOrderOfTheirFirstWriting() {
    int[] other = {_3DSTATE_MULTISAMPLE, 4};
    run(fixture.context(Engine.RCS0), MULTISAMPLE, CLIP, other);
    assertCommands(state(Engine.RCS0), other, CLIP);
  }

  @Test
  void workIsNoState() {
    int[] pipeControl = {PIPE_CONTROL | 4, 0, 0, 0, 0, 0};
    int[] primitive = {_3DPRIMITIVE | 5, 4, 3, 0, 1, 0, 0};
    run(fixture.context(Engine.RCS0), pipeControl, CLIP, primitive);
    assertCommands(state(Engine.RCS0), CLIP);
  }

  @Test
  void aLongerCommandTakesThePlaceOfAShorterOne() {
    int[] one = {_3DSTATE_VERTEX_BUFFERS | 3, 1, 2, 3, 4};
    int[] two = {_3DSTATE_VERTEX_BUFFERS | 7, 1, 2, 3, 4, 5, 6, 7, 8};
    run(fixture.context(Engine.RCS0), one, CLIP, two, MULTISAMPLE);
    assertCommands(state(Engine.RCS0), CLIP, two, MULTISAMPLE);
  }

  @Test
  void aBaseAddressWithoutItsModifyBitStaysAsItWas() {
    int[] first = new int[STATE_BASE_ADDRESS_LENGTH_DWORDS];
    first[0] = STATE_BASE_ADDRESS | 20;
    first[4] = 0x1000 | 1;
    first[6] = 0x2000 | 1;
    int[] second = new int[STATE_BASE_ADDRESS_LENGTH_DWORDS];
    second[0] = STATE_BASE_ADDRESS | 20;
    second[4] = 0x3000;
    second[6] = 0x4000 | 1;
    run(fixture.context(Engine.RCS0), first, second);
    int[] kept = first.clone();
    kept[6] = 0x4000 | 1;
    assertCommands(state(Engine.RCS0), kept);
  }

  @Test
  void everyContextHasItsOwnStateAndFindsItAgain() {
    var first = fixture.context(Engine.RCS0);
    var second = fixture.context(Engine.RCS0);
    first.setState(3, 0x00090008);
    second.setState(3, 0x00090008);
    run(first, CLIP);
    run(second, MULTISAMPLE);
    assertCommands(state(Engine.RCS0), MULTISAMPLE);
    run(first);
    assertCommands(state(Engine.RCS0), CLIP);
    run(second, CLIP);
    assertCommands(state(Engine.RCS0), MULTISAMPLE, CLIP);
  }

  @Test
  void mediaStateLiesAtTheEndOfTheRegisterPage() {
    int[] picture = Commands.ofLength(MFX_AVC_IMG_STATE, 21);
    var first = fixture.context(Engine.VCS0);
    var second = fixture.context(Engine.VCS0);
    run(first, picture);
    assertEquals(22, first.state(0x100));
    assertEquals(picture[0], first.state(0x102));
    run(second);
    assertCommands(state(Engine.VCS0));
    first.setState(3, 0x00090008);
    run(first);
    assertCommands(state(Engine.VCS0), picture);
  }

  @Test
  void whereThereIsNoRoomWhatWasWrittenFirstGoesFirst() {
    int[][] commands = new int[5][];
    for (int i = 0; i < 5; i++) commands[i] = Commands.ofLength(0x77100000 + (i << 16), 180);
    run(fixture.context(Engine.VCS0), commands);
    assertCommands(state(Engine.VCS0), commands[1], commands[2], commands[3], commands[4]);
  }

  @Test
  void aCommandThatIsLongerThanThereIsRoomIsNotKept() {
    run(fixture.context(Engine.VCS0), Commands.ofLength(0x77100000, 800));
    assertCommands(state(Engine.VCS0));
  }

  @Test
  void restoreInhibitBeginsWithNothing() {
    var context = fixture.context(Engine.RCS0);
    run(context, CLIP);
    context.setState(3, 0x00090009);
    run(context);
    assertCommands(state(Engine.RCS0));
  }

  @Test
  void aResetClears() {
    run(fixture.context(Engine.RCS0), CLIP);
    fixture.write(GDRST, 1 << Engine.RCS0.resetDomainBit());
    fixture.runMillis(1);
    assertCommands(state(Engine.RCS0));
  }

  @Test
  void stateIsSavedWithTheDevice() {
    run(fixture.context(Engine.RCS0), CLIP, MULTISAMPLE);
    byte[] saved = fixture.gpu.save();
    var copy = new GpuFixture();
    copy.gpu.restore(saved);
    assertCommands(copy.gpu.lastState(Engine.RCS0), CLIP, MULTISAMPLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void garbageInTheImageIsReadAsFarAsItIsState(long seed) {
    var random = new Random(seed);
    var context = fixture.context(Engine.RCS0);
    run(context, CLIP, MULTISAMPLE);
    context.setState(3, 0x00090008);
    for (int i = 0; i < 200; i++) {
      context.setState(0x400 + random.nextInt(16), random.nextInt() >>> random.nextInt(32));
      run(context);
      assertTrue(state(Engine.RCS0).size() <= 12 * 1024, "seed " + seed);
    }
  }
}

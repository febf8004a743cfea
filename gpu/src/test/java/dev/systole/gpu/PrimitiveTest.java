package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.StateCommands.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 3DPRIMITIVE in all its forms (gen12-commands.md 3.3): counts, time and preemption. */
class PrimitiveTest {
  private static final int[] COUNT_VERTICES = {_3DSTATE_VF_STATISTICS | 1};
  private static final int LRI = 0x11000001;

  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context = fixture.context(Engine.RCS0);

  private void run(int[]... commands) {
    fixture.submit(context.emitBatch(context.batch(Commands.join(commands))));
    fixture.runMillis(10);
  }

  private static int[] primitive(int topology, int vertices, int instances) {
    return new int[] {_3DPRIMITIVE | 5, topology, vertices, 0, instances, 0, 0};
  }

  private static int[] topology(int topology) {
    return new int[] {_3DSTATE_VF_TOPOLOGY, topology};
  }

  @ParameterizedTest
  @CsvSource({
    "1, 7, 7", "2, 7, 3", "3, 7, 6", "4, 7, 2", "5, 7, 5", "6, 7, 5", "7, 9, 2", "8, 9, 3",
    "9, 9, 2", "10, 9, 6", "11, 13, 2", "12, 10, 3", "15, 6, 2", "16, 5, 5", "34, 7, 2", "3, 0, 0",
  })
  void verticesMakePrimitivesByTheirTopology(int topology, int vertices, int primitives) {
    run(COUNT_VERTICES, topology(topology), primitive(0, vertices, 2));
    assertEquals(2 * vertices, fixture.read(IA_VERTICES_COUNT));
    assertEquals(2 * primitives, fixture.read(IA_PRIMITIVES_COUNT));
  }

  @Test
  void withoutTopologyStateTheFieldOfTheCommandCounts() {
    run(COUNT_VERTICES, primitive(PRIMITIVE_TOPOLOGY_TRILIST, 9, 1));
    assertEquals(3, fixture.read(IA_PRIMITIVES_COUNT));
  }

  @Test
  void unitsCountWhenTheirStateSaysSo() {
    int[] vs = Commands.join(new int[] {_3DSTATE_VS | 7}, new int[8]);
    vs[7] = _3DSTATE_VS_ENABLE | _3DSTATE_VS_STATISTICS_ENABLE;
    int[] clip = {_3DSTATE_CLIP | 2, _3DSTATE_CLIP_STATISTICS_ENABLE, 0, 0};
    run(vs, clip, primitive(PRIMITIVE_TOPOLOGY_TRILIST, 6, 1));
    assertEquals(0, fixture.read(IA_VERTICES_COUNT));
    assertEquals(6, fixture.read(VS_INVOCATION_COUNT));
    assertEquals(0, fixture.read(GS_INVOCATION_COUNT));
    assertEquals(2, fixture.read(CL_INVOCATION_COUNT));
    assertEquals(2, fixture.read(CL_PRIMITIVES_COUNT));
  }

  @Test
  void aClipperThatRejectsAllLetsNoPrimitiveThrough() {
    int[] clip = {
      _3DSTATE_CLIP | 2, _3DSTATE_CLIP_STATISTICS_ENABLE, _3DSTATE_CLIP_CLIP_MODE_REJECT_ALL, 0
    };
    run(clip, primitive(PRIMITIVE_TOPOLOGY_TRILIST, 6, 1));
    assertEquals(2, fixture.read(CL_INVOCATION_COUNT));
    assertEquals(0, fixture.read(CL_PRIMITIVES_COUNT));
  }

  @Test
  void indirectParametersComeFromRegisters() {
    int[] draw = primitive(PRIMITIVE_TOPOLOGY_TRILIST, 1000, 1000);
    draw[0] |= _3DPRIMITIVE_INDIRECT_PARAMETER_ENABLE;
    run(
        COUNT_VERTICES,
        new int[] {LRI, _3DPRIM_VERTEX_COUNT, 12, LRI, _3DPRIM_INSTANCE_COUNT, 3},
        draw);
    assertEquals(36, fixture.read(IA_VERTICES_COUNT));
  }

  @Test
  void extendedParametersMakeItThreeDwordsLonger() {
    int[] draw = Commands.join(primitive(PRIMITIVE_TOPOLOGY_TRILIST, 3, 1), new int[] {-1, -1, -1});
    draw[0] = _3DPRIMITIVE_EXTENDED | _3DPRIMITIVE_EXTENDED_EXTENDED_PARAMETERS_PRESENT | 8;
    run(COUNT_VERTICES, draw, draw);
    assertEquals(6, fixture.read(IA_VERTICES_COUNT));
    assertEquals(0, fixture.read(Engine.RCS0, RING_ESR));
  }

  @Test
  void aPredicatedDrawNeedsThePredicate() {
    int[] draw = primitive(PRIMITIVE_TOPOLOGY_TRILIST, 3, 1);
    draw[0] |= _3DPRIMITIVE_PREDICATE_ENABLE;
    int setTrue = 0x06000080;
    run(COUNT_VERTICES, new int[] {0x06000081}, draw, new int[] {setTrue}, draw);
    assertEquals(3, fixture.read(IA_VERTICES_COUNT));
  }

  @Test
  void aDrawTakesTimeByItsVertices() {
    run(COUNT_VERTICES, primitive(PRIMITIVE_TOPOLOGY_TRILIST, 13_000_000, 2));
    assertEquals(0, fixture.read(IA_VERTICES_COUNT));
    fixture.runMillis(9);
    assertEquals(0, fixture.read(IA_VERTICES_COUNT));
    fixture.runMillis(2);
    assertEquals(26_000_000, fixture.read(IA_VERTICES_COUNT));
  }

  @Test
  void aDrawThatBeganIsFinishedBeforeAnotherContextTakesOver() {
    var second = interruptLongDraw();
    fixture.runMillis(5);
    assertEquals(0, fixture.load(second.bus()));
    fixture.runMillis(6);
    assertEquals(1, fixture.load(second.bus()));
    assertEquals(13_000_000, fixture.read(IA_VERTICES_COUNT));
  }

  @Test
  void withPreemptionAtObjectsItIsInterruptedAndTheRestDoneLater() {
    fixture.write(Engine.RCS0, CS_CHICKEN1, 0x10001);
    var second = interruptLongDraw();
    fixture.runMillis(1);
    assertEquals(1, fixture.load(second.bus()));
    assertEquals(0, fixture.read(IA_VERTICES_COUNT));
    context.setState(3, 0x00090008);
    fixture.submit(context);
    fixture.runMillis(7);
    assertEquals(0, fixture.read(IA_VERTICES_COUNT));
    fixture.runMillis(2);
    assertEquals(13_000_000, fixture.read(IA_VERTICES_COUNT));
  }

  /** A draw of 10 ms, and after 2 ms another context, which writes a mark. */
  private PageTables.Buffer interruptLongDraw() {
    int[] draw = primitive(PRIMITIVE_TOPOLOGY_TRILIST, 13_000_000, 1);
    context.emitBatch(context.batch(Commands.join(COUNT_VERTICES, draw)));
    fixture.submit(context);
    fixture.runMillis(2);
    var second = fixture.context(Engine.RCS0);
    var mark = second.tables().buffer(1);
    second.emitBatch(second.batch(0x10000002, mark.low(), mark.high(), 1));
    fixture.submit(second);
    return mark;
  }

  @Test
  void countersAreOf64Bits() {
    for (int i = 0; i < 3; i++) {
      run(
          COUNT_VERTICES,
          new int[] {LRI, IA_VERTICES_COUNT, -1},
          primitive(PRIMITIVE_TOPOLOGY_POINTLIST, 2, 1));
    }
    assertEquals(1, fixture.read(IA_VERTICES_COUNT));
    assertEquals(3, fixture.read(IA_VERTICES_COUNT + 4));
  }
}

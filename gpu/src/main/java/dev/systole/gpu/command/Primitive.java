package dev.systole.gpu.command;

import static dev.systole.gpu.command.Job.product;
import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.StateCommands.*;

/**
 * 3DPRIMITIVE: so many instances of so many vertices, given by the command or by registers
 * (gen12-commands.md 3.3). Another context may take over in its midst when CS_CHICKEN1 asks for
 * preemption at objects.
 */
final class Primitive {
  private final EngineState s;
  private final SolidRectangle rectangle;

  Primitive(EngineState state) {
    s = state;
    rectangle = new SolidRectangle(state);
  }

  int execute(int header) {
    if (Render.isPredicatedOff(s, header & _3DPRIMITIVE_PREDICATE_ENABLE)) {
      return s.costs.command();
    }
    boolean indirect = (header & _3DPRIMITIVE_INDIRECT_PARAMETER_ENABLE) != 0;
    long vertices =
        parameter(indirect, _3DPRIM_VERTEX_COUNT, _3DPRIMITIVE_VERTEX_COUNT_PER_INSTANCE_DWORD);
    long instances = parameter(indirect, _3DPRIM_INSTANCE_COUNT, _3DPRIMITIVE_INSTANCE_COUNT_DWORD);
    long total = product(vertices, instances);
    int topology = topology();
    boolean solid =
        inOrder() && rectangle.select(topology, vertices, firstVertex(indirect), instances);
    long pixels = solid ? rectangle.pixels() : 0;
    long clocks = total / s.costs.verticesPerClock() + pixels / s.costs.pixelsPerClock();
    boolean objects = (s.ownRegister(CS_CHICKEN1) & CS_CHICKEN1_PREEMPTION_3D_OBJECT_LEVEL) != 0;
    long part = s.job.begin(s, clocks, 1, s.costs.primitive(), objects);
    if (part == Job.WAIT || !s.job.end(s, clocks, part)) return 0;
    CompressedTarget.lookUp(s);
    count(total, product(Topology.primitives(topology, vertices), instances));
    if (solid) rectangle.draw();
    countPixels(pixels);
    return 0;
  }

  private long firstVertex(boolean indirect) {
    return parameter(indirect, _3DPRIM_START_VERTEX, _3DPRIMITIVE_START_VERTEX_LOCATION_DWORD);
  }

  /** Whether vertices are taken one after the other, not by indices. */
  private boolean inOrder() {
    int mode = s.operand(_3DPRIMITIVE_VERTEX_ACCESS_TYPE_RANDOM_DWORD);
    return (mode & _3DPRIMITIVE_VERTEX_ACCESS_TYPE_RANDOM) == 0;
  }

  private long parameter(boolean indirect, int register, int dword) {
    return indirect ? Statistics.parameter(s, register) : s.operand(dword) & 0xffffffffL;
  }

  /** 3DSTATE_VF_TOPOLOGY, where it was written, goes before the field of the command. */
  private int topology() {
    int dword =
        s.last.has(_3DSTATE_VF_TOPOLOGY)
            ? s.last.dword(_3DSTATE_VF_TOPOLOGY, 1)
            : s.operand(_3DPRIMITIVE_PRIMITIVE_TOPOLOGY_TYPE_DWORD);
    return dword & _3DPRIMITIVE_PRIMITIVE_TOPOLOGY_TYPE_MASK;
  }

  /** Every unit counts whose state says so; what shaders make of it is not known. */
  private void count(long vertices, long primitives) {
    if ((s.last.dword(_3DSTATE_VF_STATISTICS, 0) & _3DSTATE_VF_STATISTICS_STATISTICS_ENABLE) != 0) {
      Statistics.count(s, IA_VERTICES_COUNT, vertices);
      Statistics.count(s, IA_PRIMITIVES_COUNT, primitives);
    }
    int enabled = _3DSTATE_VS_ENABLE | _3DSTATE_VS_STATISTICS_ENABLE;
    if (counts(_3DSTATE_VS, _3DSTATE_VS_STATISTICS_ENABLE_DWORD, enabled)) {
      Statistics.count(s, VS_INVOCATION_COUNT, vertices);
    }
    enabled = _3DSTATE_HS_ENABLE | _3DSTATE_HS_STATISTICS_ENABLE;
    if (counts(_3DSTATE_HS, _3DSTATE_HS_STATISTICS_ENABLE_DWORD, enabled)) {
      Statistics.count(s, HS_INVOCATION_COUNT, primitives);
    }
    enabled = _3DSTATE_GS_ENABLE | _3DSTATE_GS_STATISTICS_ENABLE;
    if (counts(_3DSTATE_GS, _3DSTATE_GS_STATISTICS_ENABLE_DWORD, enabled)) {
      Statistics.count(s, GS_INVOCATION_COUNT, primitives);
    }
    enabled = _3DSTATE_CLIP_STATISTICS_ENABLE;
    if (counts(_3DSTATE_CLIP, _3DSTATE_CLIP_STATISTICS_ENABLE_DWORD, enabled)) {
      Statistics.count(s, CL_INVOCATION_COUNT, primitives);
      Statistics.count(s, CL_PRIMITIVES_COUNT, rejectsAll() ? 0 : primitives);
    }
  }

  /** Pixels are known of rectangles alone; each passes the depth test that is not made. */
  private void countPixels(long pixels) {
    if (counts(_3DSTATE_WM, _3DSTATE_WM_STATISTICS_ENABLE_DWORD, _3DSTATE_WM_STATISTICS_ENABLE)) {
      Statistics.count(s, PS_INVOCATION_COUNT, pixels);
      Statistics.count(s, PS_DEPTH_COUNT, pixels);
    }
  }

  private boolean counts(int command, int dword, int enabled) {
    return (s.last.dword(command, dword) & enabled) == enabled;
  }

  private boolean rejectsAll() {
    int mode = s.last.dword(_3DSTATE_CLIP, _3DSTATE_CLIP_CLIP_MODE_DWORD);
    return (mode & _3DSTATE_CLIP_CLIP_MODE_MASK) == _3DSTATE_CLIP_CLIP_MODE_REJECT_ALL;
  }
}

package dev.systole.gpu.command;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RenderCommands.*;

/**
 * The 3D and GPGPU commands: passed over, but for those that work. Work takes time by the cost
 * model and moves the statistics counters; shaders do not run (gen12-commands.md 3.3).
 */
final class Render {
  private static final int IDENTITY_MASK = 0xffff0000;
  private static final long WORK_CLOCKS_MAX = 1L << 32;
  private static final int POINT_LIST = 1;
  private static final int LINE_LIST = 2;
  private static final int LINE_STRIP = 3;
  private static final int TRIANGLE_LIST = 4;
  private static final int RECTANGLE_LIST = 15;

  private Render() {}

  /** The one command of the 3D pipeline that other classes of engines execute too. */
  static boolean isPipeControl(int header) {
    return (header & IDENTITY_MASK) == PIPE_CONTROL;
  }

  static int execute(EngineState s, int header) {
    return switch (header & IDENTITY_MASK) {
      case PIPE_CONTROL -> Flush.pipeControl(s);
      case _3DPRIMITIVE -> primitive(s, header);
      case GPGPU_WALKER -> walker(s, header);
      case MEDIA_OBJECT, MEDIA_OBJECT_PRT, MEDIA_OBJECT_WALKER, MEDIA_OBJECT_GRPID -> {
        s.mustPay(s.costs.walkerGroup());
        yield 0;
      }
      default -> s.costs.command();
    };
  }

  private static int primitive(EngineState s, int header) {
    if ((header & _3DPRIMITIVE_PREDICATE_ENABLE) != 0 && !MiPredicate.result(s)) {
      return s.costs.command();
    }
    if (s.preemptible()) return s.stopBefore(Stop.PREEMPT);
    boolean indirect = (header & _3DPRIMITIVE_INDIRECT_PARAMETER_ENABLE) != 0;
    long vertices =
        indirect
            ? s.registers.read(_3DPRIM_VERTEX_COUNT) & 0xffffffffL
            : s.operand(_3DPRIMITIVE_VERTEX_COUNT_PER_INSTANCE_DWORD) & 0xffffffffL;
    long instances =
        indirect
            ? s.registers.read(_3DPRIM_INSTANCE_COUNT) & 0xffffffffL
            : s.operand(_3DPRIMITIVE_INSTANCE_COUNT_DWORD) & 0xffffffffL;
    long total = product(vertices, instances);
    if (s.mustPay(s.costs.primitive() + total / s.costs.verticesPerClock())) return 0;
    int topology =
        s.operand(_3DPRIMITIVE_PRIMITIVE_TOPOLOGY_TYPE_DWORD)
            & _3DPRIMITIVE_PRIMITIVE_TOPOLOGY_TYPE_MASK;
    long primitives = product(primitives(topology, vertices), instances);
    count(s, IA_VERTICES_COUNT, total);
    count(s, VS_INVOCATION_COUNT, total);
    count(s, IA_PRIMITIVES_COUNT, primitives);
    count(s, CL_INVOCATION_COUNT, primitives);
    count(s, CL_PRIMITIVES_COUNT, primitives);
    return 0;
  }

  /** How many primitives the vertices of an instance make; strips and fans need two to begin. */
  private static long primitives(int topology, long vertices) {
    return switch (topology) {
      case POINT_LIST -> vertices;
      case LINE_LIST -> vertices / 2;
      case LINE_STRIP -> Math.max(vertices - 1, 0);
      case TRIANGLE_LIST, RECTANGLE_LIST -> vertices / 3;
      default -> Math.max(vertices - 2, 0);
    };
  }

  private static int walker(EngineState s, int header) {
    if ((header & GPGPU_WALKER_PREDICATE_ENABLE) != 0 && !MiPredicate.result(s)) {
      return s.costs.command();
    }
    if (s.preemptible()) return s.stopBefore(Stop.PREEMPT);
    boolean indirect = (header & GPGPU_WALKER_INDIRECT_PARAMETER_ENABLE) != 0;
    long groups =
        product(
            product(
                dimension(
                    s,
                    indirect,
                    GPGPU_DISPATCHDIMX,
                    GPGPU_WALKER_THREAD_GROUP_ID_STARTING_X_DWORD,
                    GPGPU_WALKER_THREAD_GROUP_ID_X_DIMENSION_DWORD),
                dimension(
                    s,
                    indirect,
                    GPGPU_DISPATCHDIMY,
                    GPGPU_WALKER_THREAD_GROUP_ID_STARTING_Y_DWORD,
                    GPGPU_WALKER_THREAD_GROUP_ID_Y_DIMENSION_DWORD)),
            dimension(
                s,
                indirect,
                GPGPU_DISPATCHDIMZ,
                GPGPU_WALKER_THREAD_GROUP_ID_STARTING_Z_DWORD,
                GPGPU_WALKER_THREAD_GROUP_ID_Z_DIMENSION_DWORD));
    if (s.mustPay(Math.min(groups * s.costs.walkerGroup(), WORK_CLOCKS_MAX))) return 0;
    int shape = s.operand(GPGPU_WALKER_SIMD_SIZE_DWORD);
    int width = shape & GPGPU_WALKER_THREAD_WIDTH_COUNTER_MAXIMUM_MASK;
    int height =
        (shape & GPGPU_WALKER_THREAD_HEIGHT_COUNTER_MAXIMUM_MASK)
            >>> GPGPU_WALKER_THREAD_HEIGHT_COUNTER_MAXIMUM_SHIFT;
    int depth =
        (shape & GPGPU_WALKER_THREAD_DEPTH_COUNTER_MAXIMUM_MASK)
            >>> GPGPU_WALKER_THREAD_DEPTH_COUNTER_MAXIMUM_SHIFT;
    int threads = (width + 1) * (height + 1) * (depth + 1);
    int simd = 8 << (shape >>> GPGPU_WALKER_SIMD_SIZE_SHIFT);
    count(s, CS_INVOCATION_COUNT, groups * threads * simd);
    return 0;
  }

  private static long dimension(
      EngineState s, boolean indirect, int register, int startDword, int endDword) {
    if (indirect) return s.registers.read(register) & 0xffffffffL;
    long start = s.operand(startDword) & 0xffffffffL;
    return Math.max((s.operand(endDword) & 0xffffffffL) - start, 0);
  }

  /** The product of two counts, but no more than a job may take. */
  private static long product(long a, long b) {
    if (a == 0 || b == 0) return 0;
    return a > WORK_CLOCKS_MAX / b ? WORK_CLOCKS_MAX : a * b;
  }

  private static void count(EngineState s, int register, long increment) {
    int own = register - s.base;
    s.own.store64(own, s.own.load64(own) + increment);
  }
}

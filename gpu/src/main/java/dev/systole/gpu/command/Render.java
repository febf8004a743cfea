package dev.systole.gpu.command;

import static dev.systole.spec.gen12.ComputeCommands.*;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.StateCommands._3DSTATE_WM_HZ_OP;

/**
 * The 3D, GPGPU and media commands of render and compute engines: state is kept as last written,
 * work takes time by the cost model and moves the statistics counters. Shaders do not run, save for
 * the few that are built in (gen12-commands.md 3.3).
 */
final class Render implements GraphicsPipe {
  static final int IDENTITY_MASK = 0xffff0000;

  private final EngineState s;
  private final Primitive primitive;
  private final Walker walker;
  private final DepthClear depthClear;

  Render(EngineState state) {
    s = state;
    primitive = new Primitive(state);
    walker = new Walker(state);
    depthClear = new DepthClear(state);
  }

  @Override
  public int execute(int header, int lengthDwords) {
    return switch (header & IDENTITY_MASK) {
      case PIPE_CONTROL -> Flush.pipeControl(s);
      case _3DPRIMITIVE -> primitive.execute(header);
      case GPGPU_WALKER -> walker.gpgpu(header);
      case COMPUTE_WALKER -> walker.compute(header);
      case MEDIA_OBJECT, MEDIA_OBJECT_PRT, MEDIA_OBJECT_GRPID, GPGPU_OBJECT -> walker.threads(1);
      case MEDIA_OBJECT_WALKER -> walker.mediaObjects();
      case _3DMESH_1D -> walker.threads(s.operand(1) & 0xffffffffL);
      case _3DMESH_3D -> walker.meshes();
      case EXECUTE_INDIRECT_DRAW, EXECUTE_INDIRECT_DISPATCH -> walker.threads(1);
      case _3DSTATE_WM_HZ_OP -> depthClear.execute(header, lengthDwords);
      case STATE_BASE_ADDRESS -> {
        s.last.write(s, header, lengthDwords, StateBase.kept(s));
        yield s.costs.command();
      }
      default -> {
        s.last.write(s, header, lengthDwords);
        yield s.costs.command();
      }
    };
  }

  /** Whether a command with its predicate bit is not to be executed. */
  static boolean isPredicatedOff(EngineState s, int predicateBit) {
    return predicateBit != 0 && !MiPredicate.result(s);
  }
}

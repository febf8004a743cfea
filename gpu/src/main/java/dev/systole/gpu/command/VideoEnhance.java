package dev.systole.gpu.command;

import static dev.systole.spec.gen12.VideoCommands.*;

/**
 * The commands of video enhancement engines: state is kept as last written, VEB_DI_IECP takes time
 * by the pixels that it goes over. No pixel is changed (gen12-commands.md 4.2).
 */
final class VideoEnhance implements GraphicsPipe {
  private final EngineState s;

  VideoEnhance(EngineState state) {
    s = state;
  }

  @Override
  public int execute(int header, int lengthDwords) {
    return switch (header & Render.IDENTITY_MASK) {
      case VEB_DI_IECP -> work(columns() * rows());
      case VEBOX_TILING_CONVERT -> work(surfaceColumns() * rows());
      default -> {
        s.last.write(s, header, lengthDwords);
        yield s.costs.command();
      }
    };
  }

  private int work(long pixels) {
    if (!s.isPaid() && s.preemptible()) return s.stopBefore(Stop.PREEMPT);
    s.mustPay(s.costs.primitive() + pixels / s.costs.pixelsPerClock());
    return 0;
  }

  private long columns() {
    int range = s.operand(VEB_DI_IECP_ENDING_X_DWORD);
    int from = (range & VEB_DI_IECP_STARTING_X_MASK) >>> VEB_DI_IECP_STARTING_X_SHIFT;
    return Math.max((range & VEB_DI_IECP_ENDING_X_MASK) + 1 - from, 0);
  }

  private long surfaceColumns() {
    int size = s.last.dword(VEBOX_SURFACE_STATE, VEBOX_SURFACE_STATE_WIDTH_DWORD);
    return ((size & VEBOX_SURFACE_STATE_WIDTH_MASK) >>> VEBOX_SURFACE_STATE_WIDTH_SHIFT) + 1L;
  }

  private long rows() {
    int size = s.last.dword(VEBOX_SURFACE_STATE, VEBOX_SURFACE_STATE_HEIGHT_DWORD);
    return (size >>> VEBOX_SURFACE_STATE_HEIGHT_SHIFT) + 1L;
  }
}

package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.door.Picture;

/**
 * Composes what a pipe sends to its port: the planes from the first to the last, the cursor over
 * them, then the pipe's colours and its scaler.
 */
final class Compositor {
  private Compositor() {}

  /** The picture of a pipe that runs. */
  static Picture compose(FrameMemory memory, Pipe pipe) {
    Latched latched = pipe.latched();
    int source = latched.source();
    int width = Math.min((source >>> PIPESRC_WIDTH_SHIFT) + 1, Timing.ACTIVE_WIDTH_MAX);
    int height = Math.min((source & PIPESRC_HEIGHT_MASK) + 1, Timing.ACTIVE_HEIGHT_MAX);
    var canvas = new Canvas(width, height, bottom(latched.pipe(PIPE_BOTTOM_COLOR)));
    for (int plane = 0; plane < PLANE_CTL_COUNT; plane++) {
      PlanePainter.paint(memory, pipe, plane, canvas);
    }
    CursorPainter.paint(memory, latched, canvas);
    var path = ColourPath.ofPipe(latched, pipe.tables());
    for (int i = 0; i < canvas.argb.length; i++) canvas.argb[i] = path.apply(canvas.argb[i]);
    Timing timing = pipe.sweep().timing();
    var screen = new Canvas(timing.activeWidth(), timing.activeHeight(), 0);
    show(canvas, window(latched, canvas), screen);
    return new Picture(screen.width, screen.height, screen.argb);
  }

  /** The upper eight of each ten bits. */
  private static int bottom(int colour) {
    return (colour >>> 22 & 0xff) << 16 | (colour >>> 12 & 0xff) << 8 | colour >>> 2 & 0xff;
  }

  private static Window window(Latched latched, Canvas canvas) {
    int scaler = Scaler.boundToPipe(latched);
    return scaler < 0
        ? new Window(0, 0, canvas.width, canvas.height)
        : Scaler.window(latched, scaler);
  }

  private static void show(Canvas canvas, Window window, Canvas screen) {
    for (int y = window.y(); y < window.bottom(screen.height); y++) {
      int row = window.sourceRow(y, canvas.height);
      for (int x = window.x(); x < window.right(screen.width); x++) {
        int column = window.sourceColumn(x, canvas.width);
        screen.argb[y * screen.width + x] = canvas.at(column, row);
      }
    }
  }
}

package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

/** Paints a plane as it has been taken over: fetched, turned, scaled, coloured and blended. */
final class PlanePainter {
  private static final int COLOUR = 0xffffff;
  private static final int OPAQUE = 0xff000000;

  private final Latched latched;
  private final int plane;
  private final int control;
  private final Texels texels;
  private final ColourPath path;
  private final int width;
  private final int height;
  private final Window target;
  private final boolean mirroredAcross;
  private final boolean mirroredDown;

  private PlanePainter(Pipe pipe, int plane, Texels texels) {
    latched = pipe.latched();
    this.plane = plane;
    this.texels = texels;
    control = latched.plane(plane, PLANE_CTL);
    path = ColourPath.ofPlane(latched, pipe.tables(), plane);
    int size = latched.plane(plane, PLANE_SIZE);
    width = (size & PLANE_SIZE_WIDTH_MASK) + 1;
    height = (size >>> PLANE_SIZE_HEIGHT_SHIFT) + 1;
    target = target();
    mirroredDown = (control & PLANE_CTL_ROTATION__180) != 0;
    mirroredAcross = mirroredDown != ((control & PLANE_CTL_HORIZONTAL_FLIP) != 0);
  }

  /** Paints {@code plane}, from 0 on, if it shows anything. */
  static void paint(FrameMemory memory, Pipe pipe, int plane, Canvas canvas) {
    int control = pipe.latched().plane(plane, PLANE_CTL);
    if ((control & PLANE_CTL_ENABLE) == 0 || (control & PLANE_CTL_Y_PLANE) != 0) return;
    Texels texels = Texels.of(memory, pipe.latched(), plane);
    if (texels != null) new PlanePainter(pipe, plane, texels).paint(canvas);
  }

  private Window target() {
    int scaler = Scaler.boundTo(latched, plane);
    if (scaler >= 0) return Scaler.window(latched, scaler);
    int position = latched.plane(plane, PLANE_POS);
    return new Window(position & PLANE_POS_X_MASK, position >>> PLANE_POS_Y_SHIFT, width, height);
  }

  private void paint(Canvas canvas) {
    for (int y = target.y(); y < target.bottom(canvas.height); y++) {
      int down = target.sourceRow(y, height);
      int row = mirroredDown ? height - 1 - down : down;
      for (int x = target.x(); x < target.right(canvas.width); x++) {
        int across = target.sourceColumn(x, width);
        int column = mirroredAcross ? width - 1 - across : across;
        paint(canvas, x, y, texels.at(column, row));
      }
    }
  }

  private void paint(Canvas canvas, int x, int y, int texel) {
    int key = control & PLANE_CTL_KEY_MASK;
    if (key == PLANE_CTL_KEY_SOURCE && isKey(texel)) return;
    if (key == PLANE_CTL_KEY_DESTINATION && !isKey(canvas.at(x, y))) return;
    canvas.blend(x, y, withAlpha(path.apply(texel)));
  }

  private boolean isKey(int colour) {
    int mask = latched.plane(plane, PLANE_KEYMSK) & PLANE_KEYMSK_MASK_MASK;
    return ((colour ^ latched.plane(plane, PLANE_KEYVAL)) & mask) == 0;
  }

  private int withAlpha(int colour) {
    int ownAlpha = colour >>> 24;
    int premultiplied =
        switch (latched.plane(plane, PLANE_COLOR_CTL) & PLANE_COLOR_CTL_ALPHA_MODE_MASK) {
          case PLANE_COLOR_CTL_ALPHA_MODE_SOFTWARE_PREMULTIPLY -> colour;
          case PLANE_COLOR_CTL_ALPHA_MODE_HARDWARE_PREMULTIPLY ->
              Canvas.scaled(colour & COLOUR, ownAlpha) | colour & OPAQUE;
          default -> colour | OPAQUE;
        };
    if ((latched.plane(plane, PLANE_KEYMSK) & PLANE_KEYMSK_ALPHA_ENABLE) == 0) {
      return premultiplied;
    }
    int alpha = latched.plane(plane, PLANE_KEYMAX) >>> PLANE_KEYMAX_ALPHA_SHIFT;
    return Canvas.scaled(premultiplied, alpha);
  }
}

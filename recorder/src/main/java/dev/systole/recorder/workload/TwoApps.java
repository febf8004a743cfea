package dev.systole.recorder.workload;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.stack.AppProcess;
import dev.systole.driver.stack.AppThread;
import dev.systole.driver.umd.BlitCommands;
import dev.systole.driver.umd.CommandBuffer;
import dev.systole.driver.umd.DeviceRemovedException;
import dev.systole.driver.umd.GpuContext;
import dev.systole.driver.umd.Surface;
import dev.systole.driver.umd.TrianglePipeline;
import dev.systole.driver.umd.UserModeDevice;
import dev.systole.spec.EngineClass;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Two applications on both engines: a game that renders and copies each frame, and a browser that
 * renders. Both work ahead of the GPU, so that a hang of one finds work of the other behind it. Who
 * learns that its device is in error stops.
 */
final class TwoApps implements Workload {
  private static final Argument FRAMES =
      new Argument("frames", "how many frames each application makes", 6, 1, 10_000_000);
  private static final int GAME_PID = 1001;
  private static final int BROWSER_PID = 1002;
  private static final int WIDTH = 128;
  private static final int HEIGHT = 64;
  private static final int DRAWS_PER_FRAME = 4;

  /** Pictures that the browser makes first: the game draws when it begins to. */
  private static final int PAGE_TILES = 16;

  /** So much that the render engine is slower than both applications together. */
  private static final int INSTANCES_PER_DRAW = 20_000;

  @Override
  public String name() {
    return "two-apps";
  }

  @Override
  public String summary() {
    return "a game that renders and copies and a browser that renders, side by side";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(FRAMES);
  }

  @Override
  public List<AppProcess> processes(Map<String, String> arguments, long seed) {
    int frames = FRAMES.in(arguments);
    return List.of(
        process("game", GAME_PID, door -> untilRemoved(door, frames, TwoApps::play)),
        process("browser", BROWSER_PID, door -> untilRemoved(door, frames, TwoApps::browse)));
  }

  private static AppProcess process(String name, int pid, Consumer<AppDoor> body) {
    return new AppProcess(name, pid, List.of(new AppThread("main", body)));
  }

  /** What an application does with its device. */
  private interface Frames {
    void make(UserModeDevice device, int frames);
  }

  private static void untilRemoved(AppDoor door, int frames, Frames application) {
    try (var device = UserModeDevice.open(door)) {
      try {
        application.make(device, frames);
      } catch (DeviceRemovedException e) {
        device.state();
      }
    }
  }

  private static void play(UserModeDevice device, int frames) {
    GpuContext render = device.createContext(EngineClass.RENDER);
    GpuContext copy = device.createContext(EngineClass.COPY);
    Surface drawn = Surface.create(device, WIDTH, HEIGHT);
    Surface shown = Surface.create(device, WIDTH, HEIGHT);
    var pipeline = new TrianglePipeline(device, drawn);
    for (int frame = 0; frame < frames; frame++) {
      CommandBuffer drawing = render.begin();
      draw(pipeline, drawing, DRAWS_PER_FRAME);
      long rendered = render.submit(drawing);
      copy.waitFor(render.fence(), rendered);
      CommandBuffer copying = copy.begin();
      BlitCommands.fastCopy(copying, drawn, 0, 0, shown, 0, 0, WIDTH, HEIGHT);
      copying.flush();
      copy.submit(copying);
    }
    render.finish();
    copy.finish();
  }

  private static void browse(UserModeDevice device, int frames) {
    GpuContext render = device.createContext(EngineClass.RENDER);
    for (int tile = 0; tile < PAGE_TILES; tile++) Surface.create(device, WIDTH, HEIGHT);
    Surface page = Surface.create(device, WIDTH, HEIGHT);
    var pipeline = new TrianglePipeline(device, page);
    for (int frame = 0; frame < frames; frame++) {
      CommandBuffer drawing = render.begin();
      draw(pipeline, drawing, 1 + frame % DRAWS_PER_FRAME);
      render.submit(drawing);
    }
    render.finish();
  }

  private static void draw(TrianglePipeline pipeline, CommandBuffer commands, int draws) {
    pipeline.select(commands);
    for (int i = 0; i < draws; i++) pipeline.draw(commands, INSTANCES_PER_DRAW * (1 + i));
    pipeline.flush(commands);
  }
}

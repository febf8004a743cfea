package dev.systole.recorder.workload;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.stack.AppProcess;
import dev.systole.driver.stack.AppThread;
import dev.systole.driver.umd.CommandBuffer;
import dev.systole.driver.umd.GpuBuffer;
import dev.systole.driver.umd.GpuContext;
import dev.systole.driver.umd.Surface;
import dev.systole.driver.umd.TrianglePipeline;
import dev.systole.driver.umd.UserModeDevice;
import dev.systole.spec.EngineClass;
import java.util.List;
import java.util.Map;

/** One application that draws a triangle, frame by frame, and waits for each. */
final class Triangle implements Workload {
  private static final Argument FRAMES =
      new Argument("frames", "how many frames are drawn", 8, 1, 10_000_000);
  private static final int PID = 1001;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 256;

  @Override
  public String name() {
    return "triangle";
  }

  @Override
  public String summary() {
    return "one application draws a triangle on the render engine, frame by frame";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(FRAMES);
  }

  @Override
  public List<AppProcess> processes(Map<String, String> arguments, long seed) {
    int frames = FRAMES.in(arguments);
    return List.of(
        new AppProcess(name(), PID, List.of(new AppThread("main", door -> draw(door, frames)))));
  }

  private static void draw(AppDoor door, int frames) {
    try (var device = UserModeDevice.open(door)) {
      GpuContext context = device.createContext(EngineClass.RENDER);
      Surface target = Surface.create(device, WIDTH, HEIGHT);
      GpuBuffer marker = device.createBuffer(64);
      var pipeline = new TrianglePipeline(device, target);
      for (int frame = 1; frame <= frames; frame++) {
        CommandBuffer commands = context.begin();
        pipeline.select(commands);
        pipeline.draw(commands, 1);
        pipeline.flush(commands);
        commands.storeDword(marker.gpuAddress(), frame);
        context.await(context.submit(commands));
        Checks.equal("the frame's marker", frame, marker.read32(0));
      }
    }
  }
}

package dev.systole.recorder.workload;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.stack.AppProcess;
import dev.systole.driver.stack.AppThread;
import dev.systole.driver.umd.BlitCommands;
import dev.systole.driver.umd.CommandBuffer;
import dev.systole.driver.umd.GpuContext;
import dev.systole.driver.umd.Surface;
import dev.systole.driver.umd.UserModeDevice;
import dev.systole.spec.EngineClass;
import java.util.List;
import java.util.Map;

/** One application that fills and copies rectangles on the copy engine and checks the pixels. */
final class Blit implements Workload {
  private static final Argument ROUNDS =
      new Argument(
          "rounds", "how often the pictures are filled, copied and checked", 4, 1, 1_000_000);
  private static final int PID = 1001;
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;
  private static final int INSET = 16;

  @Override
  public String name() {
    return "blit";
  }

  @Override
  public String summary() {
    return "one application fills and copies rectangles on the copy engine and checks the pixels";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(ROUNDS);
  }

  @Override
  public List<AppProcess> processes(Map<String, String> arguments, long seed) {
    int rounds = ROUNDS.in(arguments);
    return List.of(
        new AppProcess(
            name(), PID, List.of(new AppThread("main", door -> blit(door, rounds, (int) seed)))));
  }

  private static void blit(AppDoor door, int rounds, int seed) {
    try (var device = UserModeDevice.open(door)) {
      GpuContext context = device.createContext(EngineClass.COPY);
      Surface drawn = Surface.create(device, WIDTH, HEIGHT);
      Surface copied = Surface.create(device, WIDTH, HEIGHT);
      for (int round = 1; round <= rounds; round++) {
        int background = 0xff000000 | seed + round * 0x10305;
        int foreground = ~background | 0xff000000;
        CommandBuffer commands = context.begin();
        BlitCommands.fill(commands, drawn, 0, 0, WIDTH, HEIGHT, background);
        BlitCommands.fill(
            commands, drawn, INSET, INSET, WIDTH - 2 * INSET, HEIGHT - 2 * INSET, foreground);
        commands.flush();
        copy(commands, drawn, copied, round);
        commands.flush();
        context.await(context.submit(commands));
        check(copied, background, foreground);
      }
    }
  }

  private static void copy(CommandBuffer commands, Surface from, Surface to, int round) {
    if (round % 2 == 0) BlitCommands.copy(commands, from, 0, 0, to, 0, 0, WIDTH, HEIGHT);
    else BlitCommands.fastCopy(commands, from, 0, 0, to, 0, 0, WIDTH, HEIGHT);
  }

  private static void check(Surface copied, int background, int foreground) {
    Checks.equal("pixel 0,0", background, copied.pixel(0, 0));
    Checks.equal("the pixel left of the inset", background, copied.pixel(INSET - 1, INSET));
    Checks.equal("the inset's first pixel", foreground, copied.pixel(INSET, INSET));
    Checks.equal(
        "the inset's last pixel", foreground, copied.pixel(WIDTH - INSET - 1, HEIGHT - INSET - 1));
    Checks.equal("the pixel below the inset", background, copied.pixel(INSET, HEIGHT - INSET));
    Checks.equal("the last pixel", background, copied.pixel(WIDTH - 1, HEIGHT - 1));
  }
}

package dev.systole.gpu;

import static dev.systole.gpu.DisplayFixture.PIPE_BYTES;
import static dev.systole.spec.gen12.DisplayRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import dev.systole.gpu.door.Picture;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever software writes, the display goes on, and a restored one goes on in the same way. */
class DisplayPropertyTest {
  private static final int PIPES = 4;
  private static final int[] FORMATS = {
    PLANE_CTL_FORMAT_XRGB_8888,
    PLANE_CTL_FORMAT_XRGB_2101010,
    PLANE_CTL_FORMAT_RGB_565,
    PLANE_CTL_FORMAT_NV12,
    PLANE_CTL_FORMAT_XYUV
  };
  private static final int[] TILINGS = {
    PLANE_CTL_TILING_LINEAR, PLANE_CTL_TILING_X, PLANE_CTL_TILING_Y, PLANE_CTL_TILING_YF
  };

  private final DisplayFixture display = new DisplayFixture();
  private Random random;
  private int surface;

  static long[] seeds() {
    return new Random(12).longs(40, 0, 1_000_000).toArray();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void savedAnywhereThePicturesAreTheSame(long seed) {
    random = new Random(seed);
    fillMemory();
    for (int pipe = 0; pipe < PIPES; pipe++) {
      if (pipe < 3) display.start(pipe, DisplayFixture.SMALL);
    }
    for (int step = 0; step < 30; step++) step();
    Gpu gpu = display.device.gpu;
    byte[] saved = gpu.save();
    var clock = new VirtualClock();
    clock.advanceTo(display.device.clock.nowNanos());
    var copy = new Gpu(Platform.TGL, clock, FaultPlan.none(), (_, _) -> {});
    copy.restore(saved);
    for (int i = 0; i < 3; i++) {
      for (int pipe = 0; pipe < PIPES; pipe++) {
        Optional<Picture> expected = gpu.scanOut(pipe);
        assertEquals(expected, copy.scanOut(pipe), "pipe " + pipe + ", seed " + seed);
      }
      assertEquals(gpu.registersHash(), copy.registersHash(), "registers, seed " + seed);
      assertEquals(gpu.enginesHash(), copy.enginesHash(), "engines, seed " + seed);
      long later = clock.nowNanos() + random.nextInt(100_000);
      clock.advanceTo(later);
      display.device.clock.advanceTo(later);
    }
  }

  private void fillMemory() {
    long bus = display.device.allocate(16);
    for (int i = 0; i < 16 * 1024; i++) display.device.store(bus + 4L * i, random.nextInt());
    surface = display.device.mapGgtt(bus, 16);
  }

  private void step() {
    int pipe = random.nextInt(PIPES);
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> randomPlane(pipe, random.nextInt(7));
      case 4 -> randomScaler(pipe);
      case 5 -> randomRegister(pipe);
      case 6 -> display.write(DE_PIPE_IMR + 0x10 * pipe, random.nextInt());
      case 7 -> display.write(GAMMA_MODE + 0x800 * pipe, random.nextInt());
      case 8 -> plug();
      default -> display.device.runFor(random.nextInt(50_000));
    }
    display.device.gpu.scanOut(pipe);
  }

  private void randomPlane(int pipe, int plane) {
    int control =
        FORMATS[random.nextInt(FORMATS.length)]
            | TILINGS[random.nextInt(TILINGS.length)]
            | random.nextInt() & ~(PLANE_CTL_FORMAT_MASK | PLANE_CTL_TILING_MASK);
    display.setUpPlane(
        pipe, plane, control, random.nextInt(16), 1 + random.nextInt(80), 1 + random.nextInt(60));
    int block = DisplayFixture.plane(pipe, plane);
    display.write(PLANE_POS + block, random.nextInt(70) << 16 | random.nextInt(70));
    display.write(PLANE_OFFSET + block, random.nextInt(20) << 16 | random.nextInt(20));
    display.write(PLANE_COLOR_CTL + block, random.nextInt());
    display.write(PLANE_CUS_CTL + block, random.nextInt());
    display.write(PLANE_SURF + block, surface + random.nextInt(4) * 4096 | random.nextInt(2));
  }

  private void randomScaler(int pipe) {
    int scaler = 0x800 * pipe + 0x100 * random.nextInt(2);
    display.write(PS_CTRL + scaler, random.nextInt());
    display.write(PS_WIN_POS + scaler, random.nextInt(40) << 16 | random.nextInt(40));
    display.write(PS_WIN_SZ + scaler, random.nextInt(80) << 16 | random.nextInt(60));
  }

  /** Any register of the display but those that would make the picture huge. */
  private void randomRegister(int pipe) {
    int offset =
        switch (random.nextInt(8)) {
          case 0 -> 0x70000 + pipe * PIPE_BYTES + random.nextInt(0x880);
          case 1 -> 0x49000 + random.nextInt(0x400);
          case 2 -> 0x4a000 + random.nextInt(0x2000);
          case 3 -> 0x64000 + random.nextInt(0x900);
          case 4 -> 0xc4000 + random.nextInt(0x40);
          case 5 -> 0xc5100 + random.nextInt(0x24);
          case 6 -> 0x44000 + random.nextInt(0x500);
          default -> 0x46000 + random.nextInt(0x200);
        };
    display.write(offset & ~3, random.nextInt());
    display.read(offset & ~3);
  }

  private void plug() {
    Connector connector = Connector.values()[random.nextInt(9)];
    byte[] edid = new byte[128 * random.nextInt(3)];
    random.nextBytes(edid);
    var links = Monitor.Link.values();
    if (random.nextBoolean()) display.device.gpu.unplug(connector);
    else {
      var monitor = new Monitor(links[random.nextInt(links.length)], edid);
      display.device.gpu.plug(connector, monitor);
    }
  }
}

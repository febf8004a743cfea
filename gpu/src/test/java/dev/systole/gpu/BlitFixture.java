package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.RING_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.Random;

/** A copy engine with a picture to draw from and an empty one to draw into. */
final class BlitFixture {
  static final int BYTES = 1 << 16;

  /** Bits 25:24 of a legacy blit's mode. */
  static final int DEPTH_32 = 3 << 24;

  static final int CLIPPED = 1 << 30;

  final GpuFixture gpu;
  final TestContext context;
  final Buffer source;
  final Buffer target;
  final byte[] picture = new byte[BYTES];

  BlitFixture() {
    this(Platform.TGL);
  }

  BlitFixture(Platform platform) {
    gpu = new GpuFixture(platform, FaultPlan.none());
    context = gpu.context(Engine.BCS0);
    source = context.tables().buffer(BYTES / 4096);
    target = alignedTarget();
    new Random(5).nextBytes(picture);
    write(source, picture);
  }

  /** Tiles of 64 KiB begin at multiples of their size. */
  private Buffer alignedTarget() {
    long address = 0x2_0000_0000L;
    long bus = gpu.allocate(BYTES / 4096);
    context.tables().map(address, bus, BYTES / 4096);
    return new Buffer(address, bus);
  }

  void write(Buffer buffer, byte[] bytes) {
    gpu.gpu.writeMemory(buffer.bus(), bytes, 0, bytes.length);
  }

  /** Runs commands as one batch, to its end. */
  void run(int[]... commands) {
    run(context, commands);
  }

  void run(TestContext in, int[]... commands) {
    gpu.submit(in.emitBatch(in.batch(CommandFixture.join(commands))));
    gpu.runMillis(1);
    assertEquals(in.tail(), gpu.read(Engine.BCS0, RING_HEAD) & 0x1ffffc);
  }

  byte[] read(Buffer buffer) {
    byte[] bytes = new byte[BYTES];
    gpu.gpu.readMemory(buffer.bus(), bytes, 0, BYTES);
    return bytes;
  }

  /** Whether each of the first pixels of a row is the colour: {@code #} for those. */
  String row(int y, int pitchBytes, int pixels, int color) {
    var row = new StringBuilder();
    for (int x = 0; x < pixels; x++) {
      boolean set = gpu.load(target.bus() + (long) y * pitchBytes + 4L * x) == color;
      row.append(set ? '#' : '.');
    }
    return row.toString();
  }

  /** A corner as the fields of a command have it. */
  static int at(int x, int y) {
    return y << 16 | x & 0xffff;
  }
}

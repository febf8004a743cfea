package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.BCS_SWCTRL;
import static dev.systole.spec.gen12.RingRegisters.RING_HEAD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** All 2D commands with raster operations do to every pixel what {@link RandomBlit} does. */
class RandomBlitTest {
  private static final int BYTES = 1 << 16;

  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context = fixture.context(Engine.BCS0);
  private final Buffer target = context.tables().buffer(BYTES / 4096);
  private final Buffer source = context.tables().buffer(BYTES / 4096);
  private final Buffer pattern = context.tables().buffer(1);

  @Test
  void everyPixelIsWhatTheRasterOperationMakesOfItsOperands() {
    for (int seed = 0; seed < 600; seed++) draw(new Random(seed), "seed " + seed);
  }

  private void draw(Random random, String seed) {
    byte[] targetBytes = fill(target, random, BYTES);
    byte[] sourceBytes = fill(source, random, BYTES);
    byte[] patternBytes = fill(pattern, random, 4096);
    boolean tileY = random.nextBoolean();
    int[] clip = {random.nextInt(40), random.nextInt(30), 30 + random.nextInt(60), 60};
    var blit = new RandomBlit(random, tileY, clip);
    int[] command = blit.command(target, source, pattern);
    run(
        new int[] {0x11000001, Engine.BCS0.mmioBase() + BCS_SWCTRL, tileY ? 0x30003 : 0x30000},
        new int[] {0x40c00001, clip[1] << 16 | clip[0], clip[3] << 16 | clip[2]},
        command);
    blit.draw(targetBytes, sourceBytes, patternBytes);
    byte[] drawn = new byte[BYTES];
    fixture.gpu.readMemory(target.bus(), drawn, 0, BYTES);
    assertArrayEquals(targetBytes, drawn, () -> seed + ": " + blit);
  }

  private void run(int[]... commands) {
    int[] batch = Arrays.stream(commands).flatMapToInt(Arrays::stream).toArray();
    var buffer = context.batch(batch);
    fixture.submit(context.emitBatch(buffer));
    fixture.runMillis(1);
    assertEquals(context.tail(), fixture.read(Engine.BCS0, RING_HEAD) & 0x1ffffc);
  }

  private byte[] fill(Buffer buffer, Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    fixture.gpu.writeMemory(buffer.bus(), bytes, 0, length);
    return bytes;
  }
}

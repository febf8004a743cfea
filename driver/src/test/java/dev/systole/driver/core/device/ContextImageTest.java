package dev.systole.driver.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.Scheduling;
import dev.systole.driver.core.mm.GgttRange;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.spec.Engine;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The image of a context in memory (i915-kernel.md 4.3). */
class ContextImageTest {
  private static final int REGISTERS = 0x1000;

  private final Machine machine = new Machine(CoreConfig.tigerLake(Scheduling.CORE));

  @AfterEach
  void close() {
    machine.close();
  }

  private static String dwords(GgttRange pages, int offsetBytes, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toHexString(pages.read32(offsetBytes + i * 4)))
        .collect(Collectors.joining(" "));
  }

  private static int register(GpuContext context, int dword) {
    return context.image().pages().read32(REGISTERS + dword * 4);
  }

  /**
   * Looks at a context while its first batch spins, so that its image is as the driver wrote it.
   */
  private void whileItRuns(Engine engine, Consumer<GpuContext> look) {
    machine.run(
        () -> {
          var client = machine.client(engine, "app");
          long spinner = client.spin();
          machine.sleepMillis(1);
          look.accept((GpuContext) client.context);
          machine.endSpin(spinner);
        });
  }

  @Test
  void aRenderContextHasItsRegisterLists() {
    whileItRuns(
        Engine.RCS0,
        context -> {
          GgttRange pages = context.image().pages();
          assertEquals(16, pages.pages());
          assertEquals("0 11081019 2244", dwords(pages, REGISTERS, 3));
          assertEquals("11081011 23a8", dwords(pages, REGISTERS + 0x21 * 4, 2));
          assertEquals("11081005 21b0", dwords(pages, REGISTERS + 0x34 * 4, 2));
          assertEquals("11080001 20c8 80041000", dwords(pages, REGISTERS + 0x41 * 4, 3));
          assertEquals("11081065 2588", dwords(pages, REGISTERS + 0x51 * 4, 2));
          assertEquals(0x2068, register(context, 0xb4));
          assertEquals(0, register(context, 0xb9), "the hardware has more behind its lists");
        });
  }

  @Test
  void aLaterContextBeginsAsTheDefaultStateWithItsOwnPlaces() {
    whileItRuns(
        Engine.RCS0,
        context -> {
          GgttRange pages = context.image().pages();
          int indirect = pages.ggttAddress() + 14 * 4096;
          assertEquals(0x00090008, register(context, 0x03), "CONTEXT_CONTROL");
          assertEquals(0, register(context, 0x05), "RING_HEAD");
          assertEquals(0xd8, register(context, 0x07), "RING_TAIL");
          assertEquals(context.ring().pages().ggttAddress(), register(context, 0x09));
          assertEquals(0x3001, register(context, 0x0b), "RING_CTL");
          assertEquals(indirect + 4096 | 5, register(context, 0x13), "BB_PER_CTX_PTR");
          assertEquals(indirect | 2, register(context, 0x15), "INDIRECT_CTX");
          assertEquals(0x340, register(context, 0x17), "INDIRECT_CTX_OFFSET");
          assertEquals((int) context.pageTableRoot(), register(context, 0x33), "PDP0");
          assertEquals(0x01000000, register(context, 0x61), "MI_MODE");
        });
  }

  @Test
  void theWorkaroundBatchOfARenderContextHas32Dwords() {
    whileItRuns(
        Engine.RCS0,
        context -> {
          GgttRange pages = context.image().pages();
          int s = pages.ggttAddress();
          assertEquals(
              String.join(
                  " ",
                  "14c80002 600 " + Integer.toHexString(s + 0x108c) + " 0",
                  "150c0001 600 3a8 150c0001 600 3a8",
                  "14c80002 600 " + Integer.toHexString(s + 0x12dc) + " 0 150c0001 600 84",
                  "14c80002 600 " + Integer.toHexString(s + 0x11d4) + " 0",
                  "11020001 4208 1 e01c003 0 4208 0 0",
                  "11000001 20d8 400040",
                  "0"),
              dwords(pages, 14 * 4096, 33));
          int flag = s + 14 * 4096 + 0xff8;
          assertEquals(
              String.join(
                  " ",
                  "10400002 " + Integer.toHexString(flag) + " 0 0 5008000 800000",
                  "10400002 " + Integer.toHexString(flag) + " 0 1 5000000"),
              dwords(pages, 14 * 4096 + 2048, 11));
          assertEquals("5000000 0", dwords(pages, 15 * 4096, 2));
        });
  }

  @Test
  void aCopyContextHasItsStateBehindThePageDirectories() {
    whileItRuns(
        Engine.BCS0,
        context -> {
          GgttRange pages = context.image().pages();
          assertEquals(4, pages.pages());
          assertEquals("0 11081019 22244", dwords(pages, REGISTERS, 3));
          assertEquals("0 0", dwords(pages, REGISTERS + 0x34 * 4, 2));
          assertEquals("11081065 22588", dwords(pages, REGISTERS + 0x51 * 4, 2));
          int indirect = pages.ggttAddress() + 2 * 4096;
          assertEquals(indirect | 2, register(context, 0x15), "INDIRECT_CTX");
          assertEquals(
              "14c80002 600 "
                  + Integer.toHexString(pages.ggttAddress() + 0x11d4)
                  + " 0 11020001 4248 1 e01c003 0 4248 0 0 0",
              dwords(pages, 2 * 4096 + 40, 13));
        });
  }
}

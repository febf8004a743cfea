package dev.systole.driver.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.RingFullException;
import dev.systole.driver.core.Scheduling;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Request;
import dev.systole.spec.Engine;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the driver writes around a batch, dword by dword (i915-kernel.md 4.4). */
class RingContentTest {
  private final Machine machine = new Machine(CoreConfig.tigerLake(Scheduling.CORE));

  @AfterEach
  void close() {
    machine.close();
  }

  private static String hex(int value) {
    return Integer.toHexString(value);
  }

  /** The dwords of a ring between two offsets, in hex without leading zeroes. */
  private static String ring(GpuContext context, int from, int to) {
    return IntStream.range(from / 4, to / 4)
        .mapToObj(i -> hex(context.ring().pages().read32(i * 4)))
        .collect(Collectors.joining(" "));
  }

  private static String words(String... parts) {
    return Arrays.stream(parts).map(String::strip).collect(Collectors.joining(" "));
  }

  @Test
  void aUserRequestOnRcs0() {
    machine.run(
        () -> {
          var client = machine.client(Engine.RCS0, "app");
          var request = (Request) client.submit(0x05000000, 0);
          GpuContext context = request.context();
          machine.await(request, 10);
          String hwsp = hex(context.timeline().address());
          String preempt = hex(0xfedfe000 + 0xc8);
          assertEquals(
              words(
                  "7a000204 103070a1 d0 0 0 0",
                  "2800101 7a000004 20344c1c d0 0 0 0",
                  "11020001 4208 1 e01c003 0 4208 0 0 2800100",
                  "10400002 " + hwsp + " 0 1 0 2800000",
                  "4000001 18800101 100000 7fff 4000000 0",
                  "7a000204 181430a1 0 0 0 0 7a000004 1104080 " + hwsp + " 0 2 0",
                  "1000000 4000001",
                  "2800000 e40c003 0 " + preempt + " 0 0",
                  "2800000 0"),
              ring(context, 0, 0xe0));
          assertEquals(0, request.head());
          assertEquals(0x88, request.postfix());
          assertEquals(0xe0, request.tail(), "TAIL was taken once; a second time moves it");
        });
  }

  @Test
  void aUserRequestOnBcs0() {
    machine.run(
        () -> {
          var client = machine.client(Engine.BCS0, "app");
          var request = (Request) client.submit(0x05000000, 0);
          GpuContext context = request.context();
          machine.await(request, 10);
          String hwsp = hex(context.timeline().address());
          String preempt = hex(context.gtEngine().statusPage().preemptSemaphoreAddress());
          assertEquals(
              words(
                  "2800101 13254002 d0 0 0",
                  "11020001 4248 1 e01c003 0 4248 0 0 2800100",
                  "10400002 " + hwsp + " 0 1 0 2800000",
                  "4000001 18800101 100000 7fff 4000000 0",
                  "13000002 0 0 0 13004002 " + hex(context.timeline().address() | 4) + " 0 2",
                  "1000000 4000001",
                  "2800000 e40c003 0 " + preempt + " 0 0",
                  "2800000 0"),
              ring(context, 0, 0xb0));
          assertEquals(0x68, request.postfix());
        });
  }

  @Test
  void aRequestOfTheKernelHasNoInitialBreadcrumbAndNoBatch() {
    machine.run(
        () -> {
          // What the driver puts first into the GGTT is the image of the kernel's context of rcs0,
          // 16 pages and a guard page, and then its ring.
          long ring = machine.gpu.readRegister64(0x80_0000 + (0x20_0000 / 4096 + 17) * 8) & ~0xfffL;
          assertEquals("7a000204", hex(machine.core.memory().read32(ring)));
          assertEquals("2800101", hex(machine.core.memory().read32(ring + 0x18)));
          assertEquals("7a000204", hex(machine.core.memory().read32(ring + 0x58)));
          assertEquals("1000000", hex(machine.core.memory().read32(ring + 0x88)));
          assertEquals("2800000", hex(machine.core.memory().read32(ring + 0xa8)));
          assertEquals("0", hex(machine.core.memory().read32(ring + 0xb0)));
        });
  }

  @Test
  void aPacketThatDoesNotFitBeforeTheEndIsPrecededByNoops() {
    machine.run(
        () -> {
          var client = machine.client(Engine.RCS0, "app");
          var context = (GpuContext) client.context;
          for (int i = 0; i < 74; i++) machine.await(client.submit(0x05000000, 0), 10);
          // 73 requests of 0xe0 bytes end at 0x3fe0; of the next, one packet of 0x18 bytes fits.
          assertEquals("7a000204 103070a1 d0 0 0 0 0 0", ring(context, 0x3fe0, 0x4000));
          assertEquals("2800101", ring(context, 0, 4));
          assertEquals(74, machine.completed.size());
        });
  }

  @Test
  void aFullRingRefusesRequestsUntilEarlierOnesComplete() {
    machine.run(
        () -> {
          var client = machine.client(Engine.RCS0, "app");
          long spinner = client.spin();
          assertThrows(
              RingFullException.class,
              () -> {
                for (int i = 0; i < 100; i++) client.submit(0x05000000, 0);
              });
          machine.endSpin(spinner);
          machine.sleepMillis(10);
          machine.await(client.submit(0x05000000, 0), 10);
        });
  }
}

package dev.systole.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** i915-kernel.md 4.2: what a context status event says of the wait that gave the engine away. */
class WaitsTest {
  @ParameterizedTest
  @CsvSource({
    "01800002, 1",
    "01800400, 1",
    "02000005, 1", // a flip that is pending
    "01800008, 2",
    "01a00000, 2",
    "02000100, 2", // a vertical blank
    "01800001, 3",
    "01804000, 3",
    "02001000, 3", // a scan line
    "0e404003, 4", // a semaphore in signal mode
    "0e40c003, 0", // a semaphore that is polled keeps the engine
    "02800000, 0" // no wait at all
  })
  void waitsAreToldByTheirHeaders(String header, int detail) {
    assertEquals(detail, Waits.switchDetail(Integer.parseInt(header, 16)));
  }
}

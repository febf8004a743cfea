package dev.systole.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.text.ErrorStateReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorStateTimelineTest {
  @Test
  void tellsWhatTheHeadOfTheFileSays() throws IOException {
    assertEquals(
        """
                  time  rcs0  recovery
                        :     :     9.1 s pass
              9.124077  |     *     GT initialised or resumed
                        :     :     362 s pass
            371.124510  *     |     rcs0 hung
            371.124510  |     *     captured: GPU HANG: ecode 12:1:84defffb, in cubes [4001]
                        :     :     1.2 s pass
            372.355510  |     *     read out
        """,
        print(
            """
            GPU HANG: ecode 12:1:84defffb, in cubes [4001]
            Kernel: 6.8.0-45-generic x86_64
            Boottime: 371 s 124510 us
            Uptime: 362 s 433 us
            Capture: 4294992750 jiffies; 1231 ms ago
            rcs0 command stream:
              CCID:  0x00000000
              hung: 1
            """));
  }

  @Test
  void aFileWithoutTimesHasNone() throws IOException {
    assertEquals(
        """
                  time  rcs0  recovery
        nothing happened to any engine
        """,
        print(
            """
            Kernel: 4.2.0
            rcs0 command stream:
              CCID:  0x00000000
              hung: 1
            """));
  }

  private static String print(String file) throws IOException {
    var bytes = Bytes.of(file.getBytes(StandardCharsets.UTF_8));
    return TextTimeline.print(ErrorStateTimeline.of(ErrorStateReader.read(bytes, "test")));
  }
}

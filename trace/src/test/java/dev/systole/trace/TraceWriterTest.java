package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.trace.event.EventKinds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {

  @Test
  void theSameEventsGiveTheSameBytes() throws IOException {
    assertArrayEquals(written(7, 80_000), written(7, 80_000));
  }

  @Test
  void aFileGetsItsNameWhenItIsComplete(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.systole");
    try (var writer = TraceWriter.create(file, Samples.header())) {
      Samples.randomEvents(writer.events(), 1, 100);
      assertFalse(Files.exists(file));
    }
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(folder.resolve("t.systole.part")));
  }

  @Test
  void anAbandonedFileLeavesNothing(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.systole");
    var writer = TraceWriter.create(file, Samples.header());
    Samples.randomEvents(writer.events(), 1, 100);
    writer.abandon();
    try (var left = Files.list(folder)) {
      assertTrue(left.findAny().isEmpty());
    }
  }

  @Test
  void anEventThatIsNotEndedIsNotWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.systole");
    var writer = TraceWriter.create(file, Samples.header());
    writer.events().begin(EventKinds.WEDGED, writer.events().lane(Samples.LANE), 1);
    assertThrows(IllegalStateException.class, writer::close);
    assertFalse(Files.exists(file));
  }

  @Test
  void whatCannotBeWrittenIsToldAtTheEnd() throws IOException {
    var full =
        new OutputStream() {
          private int room = 20_000;

          @Override
          public void write(int b) throws IOException {
            if (room-- == 0) throw new IOException("no space left");
          }
        };
    var writer = TraceWriter.to(full, Samples.header());
    writer.events().memoryRead(writer.events().lane(Samples.LANE), 1, 0, noise(), 0, 30_000);
    var failure = assertThrows(IOException.class, writer::close);
    assertEquals("no space left", failure.getMessage());
  }

  private static byte[] noise() {
    var noise = new byte[30_000];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private static byte[] written(long seed, int events) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = TraceWriter.to(out, Samples.header())) {
      Samples.randomEvents(writer.events(), seed, events);
    }
    return out.toByteArray();
  }
}

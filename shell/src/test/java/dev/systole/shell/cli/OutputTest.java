package dev.systole.shell.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
  private final Streams streams =
      new Streams(
          new ByteArrayInputStream(new byte[0]),
          new PrintStream(PrintStream.nullOutputStream()),
          new PrintStream(PrintStream.nullOutputStream()),
          false,
          false,
          false);

  @TempDir Path folder;

  @Test
  void aFinishedFileHasItsFinalName() throws IOException {
    Path file = folder.resolve("result");
    try (Output output = Output.open(file.toString(), false, streams)) {
      output.text().print("whole");
      output.finish();
    }
    assertEquals("whole", Files.readString(file));
    assertArrayEquals(new String[] {"result"}, folder.toFile().list());
  }

  @Test
  void anUnfinishedFileLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("result"), "old");
    try (Output output = Output.open(file.toString(), false, streams)) {
      output.text().print("half");
    }
    assertEquals("old", Files.readString(file));
    assertArrayEquals(new String[] {"result"}, folder.toFile().list());
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    try (Output output = Output.open(link.toString(), false, streams)) {
      output.text().print("new");
      output.finish();
    }
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void aFolderIsNoFile() {
    var e =
        assertThrows(CommandException.class, () -> Output.open(folder.toString(), false, streams));
    assertEquals(ExitCode.USAGE, e.exitCode());
  }
}

package dev.systole.shell;

import dev.systole.shell.cli.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs commands in this process and keeps what they wrote. */
final class CommandLineFixture {
  /** What a command left behind. */
  record Result(int exitCode, String out, String err) {}

  private CommandLineFixture() {}

  static Result systole(String... args) {
    return systoleWithInput(new byte[0], args);
  }

  static Result systoleWithInput(byte[] input, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams =
        new Streams(new ByteArrayInputStream(input), utf8(out), utf8(err), false, false, false);
    int exitCode = new Main(streams).run(args);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A dump from the tests' resources. */
  static Path sample(String name) {
    try {
      return Path.of(CommandLineFixture.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PrintStream utf8(ByteArrayOutputStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }
}

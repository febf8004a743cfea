package dev.systole.shell.verb;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.Decoding;
import dev.systole.decoder.DecodingJson;
import dev.systole.decoder.DecodingText;
import dev.systole.errorstate.ErrorState;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.console.Subjects;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code systole decode}. */
@Command(
    name = "systole decode",
    description = {
      "Prints rings and batches, the command that hung marked: of an error state, or of the last"
          + " error that was captured in a trace.",
      "",
      "JSON: an object a line for each command, in the order of execution:",
      "{\"engine\",\"buffer\",\"level\",\"address\",\"dwords\",\"name\",\"fields\",\"hung\"}"
    },
    footer = {
      "  systole decode error.txt",
      "  systole decode --brief error.gz",
      "  systole decode --format json - < /sys/class/drm/card0/error"
    })
public final class DecodeVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "An error state or a trace; - is standard input.")
  private String file;

  @Option(
      names = {"-b", "--brief"},
      description = "Only the commands, without their fields (text).")
  private boolean brief;

  @Override
  protected int run() throws IOException {
    ErrorState dump = Subjects.open(file, streams()).state();
    Decoding decoding = Decoder.gen12().decode(dump);
    try (Output output = openOutput()) {
      if (json()) DecodingJson.write(decoding, output.text());
      else new DecodingText(output.text(), !brief).write(decoding);
      output.finish();
    }
    dump.damages().forEach(damage -> note(file + ": " + damage));
    return ExitCode.OK;
  }
}

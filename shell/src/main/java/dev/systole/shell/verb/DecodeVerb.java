package dev.systole.shell.verb;

import dev.systole.bridge.aub.AubRecording;
import dev.systole.decoder.Decoder;
import dev.systole.decoder.Decoding;
import dev.systole.decoder.DecodingJson;
import dev.systole.decoder.DecodingText;
import dev.systole.decoder.stream.CommandStream;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.console.Subject;
import dev.systole.shell.console.Subjects;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code systole decode}. */
@Command(
    name = "systole decode",
    description = {
      "Prints rings and batches: of an error state or of the first error that was captured in a"
          + " trace, the command that hung marked; of an AUB all that was submitted.",
      "",
      "JSON: an object a line for each command, in the order of execution:",
      "{\"engine\",\"buffer\",\"level\",\"address\",\"dwords\",\"name\",\"fields\",\"hung\"}"
    },
    footer = {
      "  systole decode error.txt",
      "  systole decode --brief error.gz",
      "  systole decode --brief recording.aub.gz",
      "  systole decode --format json - < /sys/class/drm/card0/error"
    })
public final class DecodeVerb extends Verb {
  @Parameters(
      paramLabel = "FILE",
      description = "An error state, a trace or an AUB; - is standard input.")
  private String file;

  @Option(
      names = {"-b", "--brief"},
      description = "Only the commands, without their fields (text).")
  private boolean brief;

  @Override
  protected int run() throws IOException {
    Optional<AubRecording> recording = Recordings.open(file, streams());
    if (recording.isEmpty()) return decodeDump();
    try (AubRecording opened = recording.get()) {
      return decode(opened);
    }
  }

  private int decode(AubRecording recording) throws IOException {
    if (!recording.device().isGen12()) {
      note(file + ": not of a Gen12 device; commands that Gen12 does not have are named wrongly");
    }
    Decoder decoder = Decoder.gen12();
    int submissions = 0;
    try (Output output = openOutput()) {
      var text = new DecodingText(output.text(), !brief);
      for (var next = recording.next(); next.isPresent(); next = recording.next()) {
        CommandStream commands = next.get().decode(decoder);
        if (json()) DecodingJson.write(commands, output.text());
        else text.write(commands);
        submissions++;
      }
      output.finish();
    }
    if (submissions == 0) note(file + ": nothing is submitted in it");
    recording.damages().forEach(damage -> note(file + ": " + damage));
    return ExitCode.OK;
  }

  private int decodeDump() throws IOException {
    Subject subject = Subjects.open(file, streams());
    Decoding decoding = Decoder.gen12().decode(subject.state());
    try (Output output = openOutput()) {
      if (json()) DecodingJson.write(decoding, output.text());
      else new DecodingText(output.text(), !brief).write(decoding);
      output.finish();
    }
    subject.damages().forEach(damage -> note(file + ": " + damage));
    return ExitCode.OK;
  }
}

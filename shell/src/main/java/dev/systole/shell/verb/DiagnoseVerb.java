package dev.systole.shell.verb;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.diagnosis.Diagnosis;
import dev.systole.decoder.diagnosis.DiagnosisJson;
import dev.systole.decoder.diagnosis.DiagnosisText;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.console.Subject;
import dev.systole.shell.console.Subjects;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code systole diagnose}. */
@Command(
    name = "systole diagnose",
    description = {
      "Says why the GPU hung: per engine the command, the cause, how sure that is, what speaks for"
          + " it, and what to look at next.",
      "",
      "JSON: one object, per engine found hung {\"engine\",\"hungCommand\":{\"name\",\"address\"},"
          + "\"cause\",\"confidence\",\"evidence\",\"next\"}"
    },
    footer = {
      "  systole diagnose error.txt",
      "  systole diagnose --format json - < /sys/class/drm/card0/error"
    })
public final class DiagnoseVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "An error state or a trace; - is standard input.")
  private String file;

  @Override
  protected int run() throws IOException {
    Subject subject = Subjects.open(file, streams());
    var decoding = Decoder.gen12().decode(subject.state());
    Diagnosis diagnosis = Diagnosis.of(decoding);
    try (Output output = openOutput()) {
      if (json()) DiagnosisJson.write(diagnosis, output.text());
      else DiagnosisText.write(diagnosis, output.text());
      output.finish();
    }
    subject.damages().forEach(damage -> note(file + ": " + damage));
    return ExitCode.OK;
  }
}

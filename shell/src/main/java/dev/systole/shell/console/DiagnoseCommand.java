package dev.systole.shell.console;

import dev.systole.decoder.diagnosis.Diagnosis;
import dev.systole.decoder.diagnosis.DiagnosisText;
import java.io.IOException;

/** {@code diagnose}. */
final class DiagnoseCommand implements ConsoleCommand {
  @Override
  public String name() {
    return "diagnose";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "why the GPU hung";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    arguments.end();
    DiagnosisText.write(Diagnosis.of(console.decoding()), console.out());
  }
}

package dev.systole.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.decoder.diagnosis.EngineDiagnosis;
import dev.systole.decoder.diagnosis.HungCommand;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.errorstate.text.ErrorStateReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every error state of the corpus that has a ground truth. */
class CorpusTest {
  private final Decoder decoder = Decoder.gen12();

  @Test
  void noErrorStateHasAnUnknownCommand() throws IOException {
    var unknown = new ArrayList<String>();
    for (Path file : Samples.corpusFiles("error-states", ".+\\.error(\\.gz)?")) {
      for (EngineStream engine : decoder.decode(ErrorStateReader.read(file)).engines()) {
        engine.forEach(
            element -> {
              if (element instanceof CommandRead read && read.command().name().equals("unknown")) {
                unknown.add(file.getFileName() + " " + engine.name() + " " + read.location());
              }
            });
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void everyHungEngineIsNamedWithItsCommandAndNoOther() throws IOException {
    for (Path file : Samples.corpusFiles("error-states", ".+\\.error(\\.gz)?")) {
      var named = new TreeMap<String, String>();
      for (EngineDiagnosis engine : decoder.diagnose(ErrorStateReader.read(file)).hung()) {
        HungCommand command = engine.command().orElseThrow();
        named.put(engine.engine(), command.guessed() ? command.name() : command.toString());
      }

      assertEquals(GroundTruth.beside(file).hung(), named, file.toString());
    }
  }
}

package dev.systole.decoder.diagnosis;

import dev.systole.decoder.Decoding;
import java.util.List;

/**
 * What is to say about a dump.
 *
 * @param hung the engines that the kernel held for hung, those to blame first
 * @param waiting engines that it did not hold for hung but that wait for one that does
 * @param notes what else there is to know: nothing hung, the file is damaged, registers that cannot
 *     be trusted; sentences without a full stop
 */
public record Diagnosis(
    List<EngineDiagnosis> hung, List<EngineDiagnosis> waiting, List<String> notes) {
  public Diagnosis {
    hung = List.copyOf(hung);
    waiting = List.copyOf(waiting);
    notes = List.copyOf(notes);
  }

  /** The diagnosis of a dump. */
  public static Diagnosis of(Decoding decoding) {
    return new Diagnoser(decoding).diagnose();
  }
}

package dev.systole.shell.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> KNOWN = List.of("record", "replay", "decode", "diagnose");

  @ParameterizedTest
  @CsvSource({
    "recrod,record",
    "repaly,replay",
    "DECODE,decode",
    "diagnos,diagnose",
    "recod,record"
  })
  void findsWhatWasMeant(String typed, String meant) {
    assertEquals(Optional.of(meant), Suggestions.nearest(typed, KNOWN));
  }

  @Test
  void guessesNothingFarFetched() {
    assertEquals(
        "unknown verb 'xyz'; known: record, replay, decode, diagnose",
        Suggestions.unknown("verb", "xyz", KNOWN));
  }
}

package dev.systole.bridge.aub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.bridge.SharedCorpus;
import dev.systole.decoder.Decoder;
import dev.systole.decoder.stream.StreamElement;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recording of a Gen12 device is decoded as the peer's listing beside it has it. */
class CorpusDecodingTest {
  /** Data that commands point to is listed as {@code : Dword 0}. */
  private static final Pattern LISTED =
      Pattern.compile("0x([0-9a-f]+):  0x([0-9a-f]{8}):  ([A-Z0-9_]+).*");

  private final Decoder decoder = Decoder.gen12();

  @TestFactory
  Stream<DynamicTest> everyCommandIsThePeers() throws IOException {
    return SharedCorpus.recordings("(tgl|rkl)-.*").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  private void compare(Path file) throws IOException {
    assertEquals(listed(file), decoded(file));
  }

  private List<String> decoded(Path file) throws IOException {
    var seen = new ArrayList<String>();
    try (var recording = AubRecording.open(Files.newInputStream(file), file.toString())) {
      for (var next = recording.next(); next.isPresent(); next = recording.next()) {
        next.get().decode(decoder).forEach(element -> collect(element, seen));
      }
      assertEquals(List.of(), recording.damages());
    }
    return seen;
  }

  private static void collect(StreamElement element, List<String> seen) {
    if (element instanceof CommandRead read) {
      seen.add(line(read.location().address(), read.command().header(), read.command().name()));
    }
  }

  private static List<String> listed(Path file) throws IOException {
    Path listing =
        file.resolveSibling(file.getFileName().toString().replace(".aub.gz", ".headers.txt.gz"));
    try (var in = new GZIPInputStream(Files.newInputStream(listing));
        var lines = new BufferedReader(new InputStreamReader(in))) {
      return lines
          .lines()
          .map(LISTED::matcher)
          .filter(Matcher::matches)
          .map(
              line ->
                  line(
                      Long.parseLong(line.group(1), 16),
                      Integer.parseUnsignedInt(line.group(2), 16),
                      line.group(3)))
          .toList();
    }
  }

  /** The listing confuses the two names of one opcode. */
  private static String line(long address, int header, String name) {
    return "%x %08x %s".formatted(address, header, name.replace("_EXTENDED", ""));
  }
}

package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.Damage;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.ErrorStateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The error states of the corpus, against what is known of them. */
class CorpusTest {
  private static final Pattern BUFFER =
      Pattern.compile(
          "\"name\": \"([^\"]+)\",\\s+\"address\": \"0x(\\w+)\",\\s+\"size\": (\\d+),\\s+\"space\"");
  private static final Pattern ENGINE =
      Pattern.compile(
          "\"name\": \"(\\w+)\",\\s+\"hung\": (\\w+),.*?\"acthd\": \\{\\s+\"value\": \"0x(\\w+)\""
              + ".*?\"ipehr\": \"0x(\\w+)\".*?\"bbaddr\": \"0x(\\w+)\".*?\"start\": \"0x(\\w+)\""
              + ".*?\"requestHead\": \"0x(\\w+)\"",
          Pattern.DOTALL);

  private static Stream<DynamicTest> each(String folder, String pattern, Check check) {
    return Samples.corpusFiles(folder, pattern).stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check.of(f)));
  }

  private interface Check {
    void of(Path file) throws IOException;
  }

  @TestFactory
  Stream<DynamicTest> whatWasReadIsWrittenBackByteForByte() {
    return Stream.concat(
        each("error-states", "o*.error*", CorpusTest::writtenBack),
        each("real", "*{gen3,icl,tgl,freeze}*", CorpusTest::writtenBack));
  }

  private static void writtenBack(Path file) throws IOException {
    var out = new ByteArrayOutputStream();
    ErrorStateWriter.write(ErrorStateReader.read(file), out);
    assertArrayEquals(Samples.unzipped(file), out.toByteArray());
  }

  @TestFactory
  Stream<DynamicTest> enginesAreAsTheGroundTruthSays() {
    return each("error-states", "o*.error*", CorpusTest::enginesMatch);
  }

  private static void enginesMatch(Path file) throws IOException {
    List<EngineState> engines = ErrorStateReader.read(file).engines();
    Matcher truth = ENGINE.matcher(truth(file));
    int count = 0;
    for (; truth.find(); count++) {
      EngineState engine =
          engines.stream().filter(e -> e.name().equals(truth.group(1))).findFirst().orElseThrow();
      assertEquals(Boolean.parseBoolean(truth.group(2)), engine.hung());
      assertEquals(Long.parseLong(truth.group(3), 16), engine.registers().require("ACTHD"));
      assertEquals(Long.parseLong(truth.group(4), 16), engine.registers().require("IPEHR"));
      assertEquals(Long.parseLong(truth.group(5), 16), engine.registers().require("BBADDR"));
      assertEquals(Long.parseLong(truth.group(6), 16), engine.registers().require("START"));
      assertEquals(Integer.parseInt(truth.group(7), 16), engine.request().orElseThrow().head());
    }
    assertEquals(count, engines.size());
  }

  @TestFactory
  Stream<DynamicTest> objectsAreAsTheGroundTruthSays() {
    return each("error-states", "o*.error*", CorpusTest::objectsMatch);
  }

  private static void objectsMatch(Path file) throws IOException {
    ErrorState state = ErrorStateReader.read(file);
    var expected = new ArrayList<String>();
    for (Matcher truth = BUFFER.matcher(truth(file)); truth.find(); ) {
      String name = presentName(truth.group(1));
      expected.add("%s %x %s".formatted(name, Long.parseLong(truth.group(2), 16), truth.group(3)));
    }
    var found = new ArrayList<String>();
    for (CapturedObject object : state.objects()) {
      found.add("%s %x %d".formatted(object.name(), object.address(), object.bytes().sizeBytes()));
    }
    if (file.toString().contains("cut-in-batch")) {
      // correctBytesFromStartOfThatObject of the ground truth.
      assertEquals("batch fffeffeee000 2065", found.removeLast());
      assertTrue(expected.containsAll(found));
      assertFalse(state.damages().isEmpty());
    } else {
      assertEquals(expected.stream().sorted().toList(), found.stream().sorted().toList());
      assertEquals(List.of(), state.damages());
    }
  }

  private static String presentName(String name) {
    return switch (name) {
      case "gtt_offset" -> "batch";
      case "ringbuffer" -> "ring";
      default -> name;
    };
  }

  private static String truth(Path file) throws IOException {
    String name = file.getFileName().toString().replaceAll("\\.error.*", ".json");
    return Files.readString(file.resolveSibling(name));
  }

  @Test
  void realIronlakeDumpOfLinux38HasItsBatchAndRingInDwordLines() throws IOException {
    ErrorState state =
        ErrorStateReader.read(Samples.corpus("real").resolve("sthor69-freeze.i915_error_state.gz"));
    EngineState render = state.engine("render").orElseThrow();
    assertEquals(0x02000000, render.registers().dword("IPEHR"));
    assertEquals(4096, render.object("batch").orElseThrow().bytes().sizeBytes());
    assertEquals(0x20000, render.object("ring").orElseThrow().bytes().sizeBytes());
    assertEquals(List.of(), state.damages());
  }

  @Test
  void realTigerLakeSnapshotOfAForumHasLostItsIndentation() throws IOException {
    ErrorState state =
        ErrorStateReader.read(Samples.corpus("real").resolve("partial-tgl-5.15.txt"));
    assertTrue(state.liveSnapshot());
    assertEquals(0x9a49, state.pciId().orElseThrow());
    assertEquals("DISABLED", state.property("HuC firmware status").orElseThrow());
    assertEquals(0x13c603b00bc0001L, state.registers().require("fence[8]"));
    assertEquals(
        List.of("the indentation is lost"), state.damages().stream().map(Damage::what).toList());
  }

  @Test
  void xeDevcoredumpIsRefusedByName() {
    Path file = Samples.corpus("real").resolve("partial-xe-dg1-6.12.txt");
    var refused = assertThrows(ErrorStateException.class, () -> ErrorStateReader.read(file));
    assertTrue(refused.getMessage().endsWith("a Xe devcoredump, not an i915 error state"));
  }
}

package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.trace.Chunks.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamageTest {

  @Test
  void whicheverByteIsFlippedItsPlaceIsToldAndAllOtherChunksAreRead() throws IOException {
    byte[] whole = Samples.smallTrace();
    List<Part> parts = Chunks.of(whole);
    List<Long> all = numbers(whole);
    for (int place = 0, step; place < whole.length; place += step) {
      byte[] damaged = whole.clone();
      damaged[place] ^= (byte) (1 << place % 8);
      Part hit = partAt(parts, place);
      step = stepAt(hit, place);
      String where = "byte " + place + " in " + hit;
      try (TraceReader reader = Samples.open(damaged)) {
        List<Long> expected = new ArrayList<>(all);
        if (hit.kind() == ChunkHeader.KIND_EVENTS) expected.removeAll(numbersOf(hit));
        assertEquals(expected, numbers(reader), where);
        List<Damage> damage = reader.verify();
        assertTrue(
            damage.stream()
                .anyMatch(d -> hit.start() <= d.offsetBytes() && d.offsetBytes() < hit.end()),
            () -> where + ": " + damage);
      }
    }
  }

  /** To the next byte; in long stretches that only a checksum looks at, to every seventh. */
  private static int stepAt(Part hit, int place) {
    boolean checksumOnly = hit.kind() != ChunkHeader.KIND_EVENTS && hit.kind() >= 0;
    return checksumOnly && place - hit.start() >= ChunkHeader.BYTES ? 7 : 1;
  }

  @Test
  void whereverAFileIsCutEveryCompleteChunkIsRead() throws IOException {
    byte[] whole = Samples.smallTrace();
    List<Part> parts = Chunks.of(whole);
    long headerEnd = parts.getFirst().end();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length < headerEnd) {
        assertThrows(CorruptTraceException.class, () -> Samples.open(cut).close());
        continue;
      }
      var expected = new ArrayList<Long>();
      for (Part part : parts) if (part.end() <= length) expected.addAll(numbersOf(part));
      try (TraceReader reader = Samples.open(cut)) {
        var ranges = new ArrayList<Long>();
        for (ChunkRange range : reader.chunks())
          for (long i = range.firstEvent(); i < range.endEvent(); i++) ranges.add(i);
        assertEquals(expected, ranges, "cut at " + length);
        if (length % 16 == 0) assertEquals(expected, numbers(reader), "cut at " + length);
        assertFalse(reader.finished());
        assertFalse(reader.damage().isEmpty());
      }
    }
  }

  @Test
  void aWholeFileHasNoDamage() throws IOException {
    try (TraceReader reader = Samples.open(Samples.smallTrace())) {
      assertEquals(List.of(), reader.verify());
      assertTrue(reader.finished());
    }
  }

  @Test
  void aForeignFileIsRefusedInOneLine() {
    byte[] foreign = "\177ELF and so on, a long way".getBytes();
    var refusal = assertThrows(CorruptTraceException.class, () -> Samples.open(foreign));
    assertEquals(
        "test: at byte 0: the file is no Systole trace: it begins otherwise", refusal.getMessage());
  }

  private static List<Long> numbers(byte[] trace) throws IOException {
    try (TraceReader reader = Samples.open(trace)) {
      return numbers(reader);
    }
  }

  private static List<Long> numbers(TraceReader reader) throws IOException {
    var numbers = new ArrayList<Long>();
    EventCursor cursor = reader.events();
    while (cursor.next()) numbers.add(cursor.number());
    return numbers;
  }

  private static List<Long> numbersOf(Part part) {
    var numbers = new ArrayList<Long>();
    for (long i = part.range().firstEvent(); i < part.range().endEvent(); i++) numbers.add(i);
    return numbers;
  }

  private static Part partAt(List<Part> parts, int place) {
    return parts.stream().filter(part -> place < part.end()).findFirst().orElseThrow();
  }
}

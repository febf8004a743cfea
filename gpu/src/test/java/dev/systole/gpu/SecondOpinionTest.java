package dev.systole.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.systole.gpu.naive.NaiveEngine;
import dev.systole.gpu.naive.Piece;
import dev.systole.gpu.naive.RandomStream;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random valid command streams end on the GPU as they end on a second, naive interpreter: memory
 * and registers are compared. {@code -Dsystole.streams=100000} runs that many on each engine.
 */
class SecondOpinionTest {
  private static final long STREAMS = Long.getLong("systole.streams", 60);

  static Stream<Engine> engines() {
    return Platform.TGL.engines().stream();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void randomStreamsEndTheSame(Engine engine) {
    for (long seed = 1; seed <= STREAMS; seed++) {
      List<Piece> stream = stream(seed, engine);
      Optional<String> difference = new ComparedRun(seed, engine, stream).difference();
      if (difference.isPresent()) fail(report(seed, engine, stream));
    }
  }

  private static List<Piece> stream(long seed, Engine engine) {
    return new RandomStream(seed, engine, ComparedRun.DATA).ring();
  }

  private static String report(long seed, Engine engine, List<Piece> stream) {
    List<Piece> least = shrink(stream, pieces -> differs(seed, engine, pieces));
    return "seed %d on %s: %s%n%s"
        .formatted(
            seed, engine, new ComparedRun(seed, engine, least).difference().orElseThrow(), least);
  }

  private static boolean differs(long seed, Engine engine, List<Piece> stream) {
    try {
      return new ComparedRun(seed, engine, stream).difference().isPresent();
    } catch (NaiveEngine.Stuck e) {
      return false; // what it waits for was left out
    }
  }

  /** Leaves pieces out as long as {@code fails} still holds. */
  private static List<Piece> shrink(List<Piece> stream, Predicate<List<Piece>> fails) {
    List<Piece> least = stream;
    Optional<List<Piece>> smaller = Optional.of(stream);
    while (smaller.isPresent()) {
      least = smaller.get();
      smaller = Piece.smaller(least).stream().filter(fails).findFirst();
    }
    return least;
  }

  @Test
  void streamThatFailsIsShrunkenToWhatMatters() {
    List<Piece> stream = stream(1, Engine.RCS0);
    List<Piece> least = shrink(stream, s -> s.toString().contains("05000000"));
    assertEquals(stream.toString().contains("05000000") ? 1 : stream.size(), least.size());
  }
}

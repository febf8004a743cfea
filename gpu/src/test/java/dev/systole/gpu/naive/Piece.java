package dev.systole.gpu.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A part of a stream of commands that can be left out without making the rest invalid. */
public sealed interface Piece {
  int MI_SET_PREDICATE = 0x00800000;
  int MI_BATCH_BUFFER_END = 0x05000000;

  /** Commands that belong together. */
  record Commands(List<Integer> dwords) implements Piece {
    static Commands of(int... dwords) {
      return new Commands(IntStream.of(dwords).boxed().toList());
    }

    @Override
    public String toString() {
      return dwords.stream().map("%08x"::formatted).collect(Collectors.joining(" "));
    }
  }

  /** Pieces between an MI_SET_PREDICATE and the one that ends it. */
  record Predicated(int mode, List<Piece> body) implements Piece {}

  /** A batch with the header of the MI_BATCH_BUFFER_START that leads to it. */
  record Batch(int header, List<Piece> body) implements Piece {
    @Override
    public String toString() {
      return "batch %08x %s".formatted(header, body);
    }
  }

  /** Puts the commands of batches somewhere in memory. */
  @FunctionalInterface
  interface Placer {
    /** The GPU's address of {@code dwords}, the same in every space. */
    int place(int[] dwords);
  }

  /** The pieces' own commands; their batches are placed. */
  static int[] flatten(List<Piece> pieces, Placer placer) {
    var flat = IntStream.builder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Commands(var dwords) -> dwords.forEach(flat::add);
        case Predicated(int mode, var body) -> {
          flat.add(MI_SET_PREDICATE | mode);
          IntStream.of(flatten(body, placer)).forEach(flat::add);
          flat.add(MI_SET_PREDICATE);
        }
        case Batch(int header, var body) -> {
          IntStream.Builder batch = IntStream.builder();
          IntStream.of(flatten(body, placer)).forEach(batch::add);
          batch.add(MI_BATCH_BUFFER_END);
          int address = placer.place(batch.build().toArray());
          flat.add(header).add(address).add(0);
        }
      }
    }
    return flat.build().toArray();
  }

  /** All streams that are smaller by one piece, whatever its depth. */
  static List<List<Piece>> smaller(List<Piece> pieces) {
    var all = new ArrayList<List<Piece>>();
    for (int i = 0; i < pieces.size(); i++) {
      var without = new ArrayList<>(pieces);
      without.remove(i);
      all.add(without);
    }
    for (int i = 0; i < pieces.size(); i++) {
      for (Piece smaller : smaller(pieces.get(i))) {
        var with = new ArrayList<>(pieces);
        with.set(i, smaller);
        all.add(with);
      }
    }
    return all;
  }

  private static List<Piece> smaller(Piece piece) {
    return switch (piece) {
      case Commands _ -> List.of();
      case Predicated(int mode, var body) ->
          smaller(body).stream().<Piece>map(rest -> new Predicated(mode, rest)).toList();
      case Batch(int header, var body) ->
          smaller(body).stream().<Piece>map(rest -> new Batch(header, rest)).toList();
    };
  }
}

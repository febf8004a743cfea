package dev.systole.gpu.naive;

import dev.systole.gpu.naive.Piece.Batch;
import dev.systole.gpu.naive.Piece.Commands;
import dev.systole.gpu.naive.Piece.Predicated;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random streams of valid commands (gen12-commands.md part 2): batches in batches, predicates,
 * arithmetic, memory, registers, waits that end. All that they depend on is the seed.
 */
public final class RandomStream {
  private static final int PPGTT = 1 << 8;
  private static final int CALL = 1 << 22;
  private static final int GGTT = 1 << 22;
  private static final int START_BATCH = 0x18800001;
  private static final int LEVELS = 3;

  private final Random random;
  private final int base;
  private final boolean render;
  private final DataWindows data;
  private final RandomBlits blits;
  private final boolean copy;
  private int nextGgttPage;

  /** Streams for an engine. */
  public RandomStream(long seed, Engine engine, DataWindows data) {
    random = new Random(seed);
    base = engine.mmioBase();
    render = engine.engineClass() == EngineClass.RENDER;
    copy = engine.engineClass() == EngineClass.COPY;
    this.data = data;
    blits = new RandomBlits(random, data);
    nextGgttPage = (data.ggtt() + DataWindows.GGTT_BYTES / 2) / 4096;
  }

  /** Where pieces stand: in the ring (level 0) or in a batch, trusted or not. */
  private record Place(int level, boolean trusted, boolean predicated) {}

  /** What stands in the ring. */
  public List<Piece> ring() {
    var ring = new ArrayList<Piece>();
    if (random.nextInt(4) == 0) {
      ring.add(Commands.of(0x11000001, base + 0x9c, 0x10001000)); // nested batch buffers
    }
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      if (random.nextBoolean()) ring.add(piece(new Place(0, true, false)));
      boolean trusted = random.nextInt(4) == 0;
      int header = START_BATCH | (trusted ? 0 : PPGTT);
      ring.add(new Batch(header, pieces(new Place(1, trusted, false), 12)));
    }
    return ring;
  }

  private List<Piece> pieces(Place place, int atMost) {
    var pieces = new ArrayList<Piece>();
    for (int i = 1 + random.nextInt(atMost); i > 0; i--) pieces.add(piece(place));
    return pieces;
  }

  private Piece piece(Place place) {
    return switch (random.nextInt(24)) {
      case 0 -> noop();
      case 1, 2 -> loadRegisterImm(place);
      case 3 -> Commands.of(0x15000001, register(), register());
      case 4, 5 -> memory(0x14800002, place, register());
      case 6, 7 -> memory(0x12000002 | random.nextInt(2) << 21, place, register());
      case 8, 9 -> storeDataImm(place);
      case 10 -> copyMemMem(place);
      case 11, 12 -> atomic(place);
      case 13, 14 -> math();
      case 15 -> render ? predicate() : math();
      case 16 -> flush(place);
      case 17 -> semaphoreWait(place);
      case 18 -> render ? state() : copy ? blits.next() : flush(place);
      case 19 -> copy ? blits.next() : time();
      case 20 -> place.predicated() ? noop() : predicated(place);
      case 21 -> place.trusted() ? trusted() : forbidden();
      default -> flow(place);
    };
  }

  // ---- batches and predicates

  private Piece predicated(Place place) {
    int[] modes = {0, 1, 2, 3, 4, 15};
    var inside = new Place(place.level(), place.trusted(), true);
    return new Predicated(modes[random.nextInt(modes.length)], pieces(inside, 4));
  }

  private Piece predicate() {
    int[] loads = {0, 2, 3};
    int load = loads[random.nextInt(loads.length)] << 6;
    return Commands.of(0x06000000 | load | random.nextInt(4) << 3 | random.nextInt(4));
  }

  private Piece flow(Place place) {
    if (place.level() == 0 || place.predicated()) return noop();
    boolean call = random.nextInt(4) > 0;
    int kind = random.nextInt(8);
    if (kind == 0) return Commands.of(Piece.MI_BATCH_BUFFER_END | 1 << 15);
    if (kind < 3) return conditionalEnd(place);
    if (place.level() == LEVELS || !call && kind > 4) return noop();
    boolean trusted = place.trusted() && random.nextBoolean();
    int header = START_BATCH | (call ? CALL : 0) | (place.trusted() && trusted ? 0 : ppgtt(place));
    return new Batch(header, pieces(new Place(place.level() + 1, trusted, false), 6));
  }

  /** A user's batch starts others in the PPGTT whatever it asks for. */
  private int ppgtt(Place place) {
    return place.trusted() || random.nextBoolean() ? PPGTT : 0;
  }

  private Piece conditionalEnd(Place place) {
    boolean ggtt = ggtt(place);
    int header = 0x1b200002 | random.nextInt(6) << 12 | random.nextInt(4) << 18 | flag(ggtt);
    long address = address(ggtt, words(8));
    return Commands.of(header, value(), low(address), high(address));
  }

  // ---- registers

  private Commands noop() {
    int[] hints = {
      0,
      0x00400000 | random.nextInt(1 << 22),
      0x02800000,
      0x04000000,
      0x04000001,
      0x05800000,
      0x01000000,
      0x02800101,
      0x02800100
    };
    return Commands.of(hints[random.nextInt(hints.length)]);
  }

  private int gpr() {
    return base + 0x600 + 4 * random.nextInt(32);
  }

  /** A register that users may write. */
  private int register() {
    if (!render || random.nextInt(3) > 0) return gpr();
    return switch (random.nextInt(6)) {
      case 0, 1 -> base + 0x400 + 4 * random.nextInt(6);
      case 2 -> base + (random.nextBoolean() ? 0x418 : 0x3bc);
      case 3 -> base + 0x430 + 4 * random.nextInt(5);
      case 4 -> base + 0x500 + 4 * random.nextInt(3);
      default -> 0x5280 + 4 * random.nextInt(4);
    };
  }

  private int value() {
    return random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(4);
  }

  private Commands loadRegisterImm(Place place) {
    int pairs = 1 + random.nextInt(3);
    boolean addBase = random.nextInt(4) == 0;
    int disabled = random.nextInt(6) == 0 ? random.nextInt(16) : 0;
    int[] dwords = new int[1 + 2 * pairs];
    dwords[0] = 0x11000000 | 2 * pairs - 1 | (addBase ? 1 << 19 : 0) | disabled << 8;
    for (int i = 0; i < pairs; i++) {
      dwords[1 + 2 * i] = addBase ? gpr() - base : register();
      dwords[2 + 2 * i] = value();
    }
    if (copy && random.nextInt(4) == 0) {
      return Commands.of(0x11000001, base + 0x200, 0x30000 | random.nextInt(4));
    }
    return Commands.of(dwords);
  }

  private Commands math() {
    int[] dwords = new int[1 + 4 * (1 + random.nextInt(3)) + 1];
    dwords[0] = 0x0d000000 | dwords.length - 2;
    for (int i = 1; i + 4 < dwords.length; i += 4) {
      dwords[i] = mathLoad(0x20);
      dwords[i + 1] = mathLoad(0x21);
      int operation = random.nextInt(5);
      dwords[i + 2] = (0x100 + operation) << 20;
      dwords[i + 3] = mathStore(0x31 + random.nextInt(operation < 2 ? 3 : 2));
    }
    return Commands.of(dwords);
  }

  private int mathLoad(int source) {
    int[] opcodes = {0x080, 0x080, 0x080, 0x480, 0x081, 0x481};
    return opcodes[random.nextInt(6)] << 20 | source << 10 | random.nextInt(16);
  }

  private int mathStore(int result) {
    return (random.nextInt(3) == 0 ? 0x580 : 0x180) << 20 | random.nextInt(16) << 10 | result;
  }

  // ---- memory

  private boolean ggtt(Place place) {
    return place.trusted() && random.nextInt(3) == 0;
  }

  private static int flag(boolean ggtt) {
    return ggtt ? GGTT : 0;
  }

  private int words(int alignment) {
    int hot = random.nextInt(4) > 0 ? 16 : DataWindows.WORDS_BYTES / alignment;
    return alignment * random.nextInt(hot);
  }

  private long address(boolean ggtt, int offset) {
    return ggtt ? data.ggtt() + offset : data.address(random, offset);
  }

  private static int low(long address) {
    return (int) address;
  }

  private static int high(long address) {
    return (int) (address >>> 32);
  }

  private Commands memory(int header, Place place, int register) {
    boolean ggtt = ggtt(place);
    long address = address(ggtt, words(4));
    return Commands.of(header | flag(ggtt), register, low(address), high(address));
  }

  private Commands storeDataImm(Place place) {
    boolean ggtt = ggtt(place);
    boolean qword = random.nextBoolean();
    long address = address(ggtt, words(8));
    int[] dwords = new int[3 + (qword ? 2 : 1) * (1 + random.nextInt(3))];
    dwords[0] = 0x10000000 | dwords.length - 2 | (qword ? 1 << 21 : 0) | flag(ggtt);
    dwords[1] = low(address);
    dwords[2] = high(address);
    for (int i = 3; i < dwords.length; i++) dwords[i] = value();
    return Commands.of(dwords);
  }

  private Commands copyMemMem(Place place) {
    boolean fromGgtt = ggtt(place);
    boolean toGgtt = ggtt(place);
    long from = address(fromGgtt, words(4));
    long to = address(toGgtt, words(4));
    int header = 0x17000003 | flag(fromGgtt) | flag(toGgtt) >>> 1;
    return Commands.of(header, low(to), high(to), low(from), high(from));
  }

  private Commands atomic(Place place) {
    boolean ggtt = ggtt(place);
    int size = random.nextInt(3);
    long address = address(ggtt, words(16));
    int opcode = size == 2 ? 0x4e : 1 + random.nextInt(15) + 0x20 * size;
    int header = size << 19 | random.nextInt(2) << 16 | opcode << 8 | flag(ggtt);
    if (random.nextBoolean()) return Commands.of(0x17800001 | header, low(address), high(address));
    int[] dwords = new int[11];
    dwords[0] = 0x17800009 | 1 << 18 | header;
    dwords[1] = low(address);
    dwords[2] = high(address);
    for (int i = 3; i < dwords.length; i++) dwords[i] = value();
    return Commands.of(dwords);
  }

  /** Stores a number or loads a register, and waits for what just became true. */
  private Commands semaphoreWait(Place place) {
    int value = value();
    int operation = random.nextInt(6);
    int inline = value();
    while (!NaiveArithmetic.compares(operation, value, inline)) {
      operation = random.nextInt(6);
      inline = value();
    }
    int header = 0x0e008000 | operation << 12;
    if (random.nextInt(4) == 0) {
      int register = gpr();
      return Commands.of(0x11000001, register, value, header | 1 << 16 | 3, inline, register, 0, 0);
    }
    boolean ggtt = ggtt(place);
    long address = address(ggtt, words(4));
    int store = 0x10000002 | flag(ggtt);
    return random.nextBoolean()
        ? Commands.of(
            store,
            low(address),
            high(address),
            value,
            header | flag(ggtt) | 2,
            inline,
            low(address),
            high(address))
        : Commands.of(
            store,
            low(address),
            high(address),
            value,
            header | flag(ggtt) | 3,
            inline,
            low(address),
            high(address),
            0);
  }

  // ---- flushes, state, time

  private Commands flush(Place place) {
    boolean ggtt = ggtt(place);
    boolean index = !ggtt && random.nextInt(4) == 0;
    long address = index ? 0x400 + 8 * random.nextInt(64) : address(ggtt, words(8));
    if (render) {
      int flags = 1 << 20 | 1 << 14 | (index ? 1 << 21 : 0) | (ggtt ? 1 << 24 : 0);
      return Commands.of(0x7a000004, flags, low(address), high(address), value(), value());
    }
    boolean qword = random.nextBoolean();
    int header = 0x13004002 | (index ? 1 << 21 : 0);
    int low = low(address) | (ggtt ? 4 : 0);
    return qword
        ? Commands.of(header + 1, low, high(address), value(), value())
        : Commands.of(header, low, high(address), value());
  }

  /** State that is kept and has no effect of its own. */
  private Commands state() {
    int[] headers = {0x69041300, 0x78100007, 0x78150009, 0x7820000a, 0x79000002, 0x78080003};
    int header = headers[random.nextInt(headers.length)];
    int[] dwords = new int[header == 0x69041300 ? 1 : (header & 0xff) + 2];
    dwords[0] = header;
    return Commands.of(dwords);
  }

  /** Time stamps: they are not compared, but they must do no harm. */
  private Commands time() {
    long address = data.address(random, DataWindows.CLOCKS + 256 * random.nextInt(15));
    int low = low(address);
    int high = high(address);
    int kind = random.nextInt(3);
    if (kind == 0) return Commands.of(0x12000002, base + 0x358, low, high);
    if (kind == 1 && render) return Commands.of(0x14000002, low, high, value());
    return render
        ? Commands.of(0x7a000004, 0x0010c000, low, high, 0, 0)
        : Commands.of(0x1300c003, low, high, 0, 0);
  }

  // ---- privileges

  /** What only the kernel may do. */
  private Commands trusted() {
    int index = 0x400 + 4 * random.nextInt(64);
    return switch (random.nextInt(4)) {
      case 0 -> Commands.of(0x10800001 | random.nextInt(2) << 21, index, value());
      case 1 -> Commands.of(0x11000001, base + 0xc0, value() << 16 | value() & 0xffff);
      case 2 ->
          render
              ? Commands.of(0x7a000004, 0x00900000, register(), 0, value(), 0)
              : Commands.of(0x10a00002, index & ~7, value(), value());
      default -> {
        int page = nextGgttPage++;
        int place = 4 * random.nextInt(1024);
        int entry = (int) data.bus() | 1;
        yield Commands.of(
            0x11800002, page << 12, entry, 0, 0x10400002, page << 12 | place, 0, value());
      }
    };
  }

  /** What a user's batch may not do, and what must have no effect. */
  private Commands forbidden() {
    int address = data.ggtt() + words(8);
    return switch (random.nextInt(7)) {
      case 0 -> Commands.of(0x11000001, base + 0xc0, -1);
      case 1 -> Commands.of(0x10400002, address, 0, value());
      case 2 -> Commands.of(0x12400002, gpr(), address, 0);
      case 3 -> Commands.of(0x14c00002, gpr(), address, 0);
      case 4 -> Commands.of(0x17400003, address, 0, address, 0);
      case 5 -> Commands.of(0x17c00001 | 5 << 8 | 1 << 16, address, 0);
      default -> Commands.of(0x0e40c003, value(), address, 0, 0);
    };
  }
}

package dev.systole.gpu;

import dev.systole.gpu.naive.DataWindows;
import dev.systole.gpu.naive.Piece;
import dev.systole.spec.Engine;
import java.util.List;
import java.util.Random;

/** A context for random streams: data behind pages of every size, and the streams in its ring. */
final class StreamContext {
  private static final long SMALL_PAGES = 0x1_4000_0000L;
  private static final long BIG_PAGES = 0x2_0000_0000L;
  private static final long HUGE_PAGE = 0x3_0000_0000L;
  private static final int HUGE_PAGE_BYTES = 2 << 20;
  private static final int DATA_PAGES = DataWindows.SIZE_BYTES / 4096;
  private static final int BIG_PAGES_TABLE = 1 << 11;
  private static final int PAGE_SIZE_2_MIB = 1 << 7;

  private final GpuFixture fixture;
  private final TestContext context;
  private final DataWindows data;

  /** A context with data of its own, which {@code number} tells from those of others. */
  StreamContext(GpuFixture fixture, Engine engine, int number, long seed) {
    this.fixture = fixture;
    data = data(number);
    context = fixture.context(engine);
    mapData();
    byte[] bytes = new byte[DataWindows.SIZE_BYTES];
    new Random(seed).nextBytes(bytes);
    fixture.gpu.writeMemory(data.bus(), bytes, 0, bytes.length);
  }

  /** Where the data of a context are: a 2 MiB page of memory each. */
  static DataWindows data(int number) {
    long bus = (number + 1L) * HUGE_PAGE_BYTES;
    int ggtt = HUGE_PAGE_BYTES + number * DataWindows.GGTT_BYTES;
    return new DataWindows(bus, SMALL_PAGES, BIG_PAGES, HUGE_PAGE, ggtt);
  }

  private void mapData() {
    PageTables tables = context.tables();
    tables.map(SMALL_PAGES, data.bus(), DATA_PAGES);
    tables.map(BIG_PAGES, data.bus(), DATA_PAGES);
    long table = tables.entryAddress(BIG_PAGES, 1);
    fixture.gpu.writeMemory64(table, fixture.gpu.readMemory64(table) | BIG_PAGES_TABLE);
    fixture.gpu.writeMemory64(tables.entryAddress(HUGE_PAGE, 1), data.bus() | PAGE_SIZE_2_MIB | 3);
    for (int i = 0; i < DATA_PAGES; i++) {
      int entry = 0x800000 + (data.ggtt() / 4096 + i) * 8;
      fixture.gpu.writeRegister64(entry, data.bus() + i * 4096L | 1);
    }
  }

  TestContext context() {
    return context;
  }

  DataWindows data() {
    return data;
  }

  /** Puts a stream into the ring; returns the ring's tail behind it. */
  int emit(List<Piece> pieces) {
    int[] dwords = Piece.flatten(pieces, this::place);
    context.emit(dwords);
    if (dwords.length % 2 != 0) context.emit(0);
    return context.tail();
  }

  /** Batches lie at the same address in the GGTT and in the PPGTT. */
  private int place(int[] dwords) {
    int pages = dwords.length / 1024 + 1;
    long bus = fixture.allocate(pages);
    int address = fixture.mapGgtt(bus, pages);
    context.tables().map(address, bus, pages);
    fixture.store(bus, dwords);
    return address;
  }
}

package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.gpu.naive.DataWindows;
import dev.systole.gpu.naive.NaiveEngine;
import dev.systole.gpu.naive.NaiveMemory;
import dev.systole.gpu.naive.Piece;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One stream on the GPU and on the naive interpreter, in two submissions: with the second the GPU
 * has to bring back those registers that are in the context's image, overwritten meanwhile.
 */
final class ComparedRun {
  private static final int GGTT_ENTRIES = 0x400;
  private static final int RESTORE = 0x00090008;

  /** Where streams find their data, in every run. */
  static final DataWindows DATA = StreamContext.data(0);

  private static final int MEMORY_BYTES = (int) DATA.bus() + DataWindows.SIZE_BYTES;

  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context;
  private final Engine engine;
  private final int statusPage;
  private final byte[] before = new byte[MEMORY_BYTES];
  private final byte[] after = new byte[MEMORY_BYTES];
  private final int firstTail;
  private final int secondTail;

  ComparedRun(long seed, Engine engine, List<Piece> stream) {
    this.engine = engine;
    var streams = new StreamContext(fixture, engine, 0, seed);
    context = streams.context();
    statusPage = fixture.read(engine, RING_HWS_PGA);
    int half = stream.size() / 2;
    firstTail = streams.emit(stream.subList(0, half));
    secondTail = streams.emit(stream.subList(half, stream.size()));
  }

  /**
   * What is different at the end.
   *
   * @throws NaiveEngine.Stuck when the stream has none
   */
  Optional<String> difference() {
    fixture.gpu.readMemory(0, before, 0, MEMORY_BYTES);
    var memory = new NaiveMemory(before, ggtt());
    var naive = new NaiveEngine(memory, engine, context.image(), statusPage);
    naive.run(firstTail);
    naive.run(secondTail);
    submit(firstTail);
    if (engine.engineClass() == EngineClass.RENDER) overwriteSavedRegisters();
    context.setState(OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, RESTORE);
    submit(secondTail);
    if (fixture.gpu.busy()) return Optional.of("the GPU does not come to the end");
    fixture.gpu.readMemory(0, after, 0, MEMORY_BYTES);
    return registerDifference(naive).or(this::memoryDifference);
  }

  private void overwriteSavedRegisters() {
    for (int i = 0; i < 32; i++) fixture.write(engine, CS_GPR + 4 * i, 0xbad);
  }

  private long[] ggtt() {
    long[] entries = new long[GGTT_ENTRIES];
    for (int i = 0; i < GGTT_ENTRIES; i++) {
      entries[i] = fixture.gpu.readRegister64(0x800000 + 8 * i);
    }
    return entries;
  }

  private void submit(int tail) {
    context.setState(OTHER_CONTEXT_STATE_RING_TAIL_DWORD, tail);
    fixture.submit(context);
    fixture.runMillis(50);
  }

  private Optional<String> registerDifference(NaiveEngine naive) {
    int errors = fixture.read(engine, RING_ESR);
    if (errors != 0) return Optional.of("ESR is %x".formatted(errors));
    for (int register : comparedRegisters()) {
      int expected = naive.register(register);
      int actual = fixture.read(register);
      if (expected != actual) {
        return Optional.of("register %x is %08x, not %08x".formatted(register, actual, expected));
      }
    }
    return Optional.empty();
  }

  private int[] comparedRegisters() {
    int base = engine.mmioBase();
    var registers = new ArrayList<Integer>();
    registers.add(base + RING_NOPID);
    registers.add(base + 0x3bc);
    registers.add(base + 0x418);
    for (int i = 0; i < 32; i++) registers.add(base + CS_GPR + 4 * i);
    if (engine.engineClass() == EngineClass.RENDER) {
      for (int i = 0; i < 6; i++) registers.add(base + 0x400 + 4 * i);
      for (int i = 0; i < 5; i++) registers.add(base + 0x430 + 4 * i);
      for (int i = 0; i < 3; i++) registers.add(base + 0x500 + 4 * i);
      for (int i = 0; i < 4; i++) registers.add(0x5280 + 4 * i);
    }
    return registers.stream().mapToInt(Integer::intValue).toArray();
  }

  private Optional<String> memoryDifference() {
    for (int i = 0; i < MEMORY_BYTES; i++) {
      if (before[i] == after[i] || isHardwares(i)) continue;
      return Optional.of(
          "byte at %x is %02x, not %02x".formatted(i, after[i] & 0xff, before[i] & 0xff));
    }
    return Optional.empty();
  }

  private int imagePages() {
    return engine.engineClass() == EngineClass.RENDER ? 14 : 2;
  }

  /** The context's saved registers and state, the events of its switches, and time stamps. */
  private boolean isHardwares(int address) {
    long inImage = address - context.imageBus();
    long inStatus = address - fixture.statusPage(engine);
    long inData = address - DATA.bus();
    return inImage >= 4096 && inImage < imagePages() * 4096L
        || inStatus >= 0x40 && inStatus < 0xc0
        || inData >= DataWindows.CLOCKS && inData < DataWindows.CLOCKS_END;
  }
}

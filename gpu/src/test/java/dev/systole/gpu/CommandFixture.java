package dev.systole.gpu;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.Arrays;
import java.util.stream.IntStream;

/** One engine that runs batches, with a page of data to work on. */
final class CommandFixture {
  /** Offset of the general purpose registers from the engine's base. */
  static final int GPR = 0x600;

  final GpuFixture gpu;
  final Engine engine;
  final TestContext context;
  final Buffer data;

  CommandFixture() {
    this(Engine.RCS0);
  }

  CommandFixture(Engine engine) {
    this(Platform.TGL, engine);
  }

  CommandFixture(Platform platform, Engine engine) {
    gpu = new GpuFixture(platform, FaultPlan.none());
    this.engine = engine;
    context = gpu.context(engine);
    data = context.tables().buffer(1);
  }

  /** Runs commands as one batch for a millisecond. */
  void run(int[]... commands) {
    gpu.submit(context.emitBatch(context.batch(join(commands))));
    gpu.runMillis(1);
  }

  /** Runs commands in the ring, where they are privileged, for a millisecond. */
  void runInRing(int[]... commands) {
    int[] dwords = join(commands);
    context.emit(Arrays.copyOf(dwords, dwords.length + 1 & ~1));
    gpu.submit(context);
    gpu.runMillis(1);
  }

  /** A command from its dwords. */
  static int[] command(int... dwords) {
    return dwords;
  }

  /** A command of a header, an address and what follows it. */
  static int[] command(int header, Buffer buffer, int offset, int... rest) {
    return join(new int[] {header, buffer.low() + offset, buffer.high()}, rest);
  }

  static int[] join(int[]... commands) {
    return Arrays.stream(commands).flatMapToInt(IntStream::of).toArray();
  }

  /** MI_STORE_DATA_IMM of a dword into the data. */
  int[] store(int offset, int value) {
    return command(0x10000002, data, offset, value);
  }

  /** What the data holds. */
  int at(int offset) {
    return gpu.load(data.bus() + offset);
  }

  /** The register of that offset from the engine's base. */
  int register(int offset) {
    return gpu.read(engine, offset);
  }

  /** MI_LOAD_REGISTER_IMM of the general purpose registers, from the first on. */
  int[] gprs(long... values) {
    int[] command = new int[1 + 4 * values.length];
    command[0] = 0x11000000 | 4 * values.length - 1;
    for (int i = 0; i < values.length; i++) {
      command[1 + 4 * i] = gprAddress(i);
      command[2 + 4 * i] = (int) values[i];
      command[3 + 4 * i] = gprAddress(i) + 4;
      command[4 + 4 * i] = (int) (values[i] >>> 32);
    }
    return command;
  }

  int gprAddress(int number) {
    return engine.mmioBase() + GPR + 8 * number;
  }

  long gpr(int number) {
    long low = register(GPR + 8 * number) & 0xffffffffL;
    return low | (long) register(GPR + 8 * number + 4) << 32;
  }
}

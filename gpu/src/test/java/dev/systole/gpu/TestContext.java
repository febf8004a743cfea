package dev.systole.gpu;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.gpu.platform.Architecture;
import dev.systole.spec.Engine;

/** A context: image, ring and page tables, made as the kernel makes a first one (4.3). */
final class TestContext {
  private static final int RING_PAGES = 4;
  private static final int FIRST_USE = 0x00090009;
  private static final int LRI_RING = 0x11081019;
  private static final int LRI_PAGE_TABLES = 0x11081011;
  private static final int BATCH_ADDRESS_PPGTT = 0x18800101;

  private final GpuFixture fixture;
  private final Engine engine;
  private final int id;
  private final boolean wideIds;
  private final PageTables tables;
  private final long imageBus;
  private final int image;
  private final long ringBus;
  private int tail;
  private int descriptorFlags;

  TestContext(GpuFixture fixture, Engine engine, int id, PageTables tables) {
    this.fixture = fixture;
    this.engine = engine;
    this.id = id;
    wideIds = fixture.platform.architecture() == Architecture.XE_HPG;
    this.tables = tables;
    int imagePages = isRender(engine) ? 14 : 2;
    imageBus = fixture.allocate(imagePages);
    image = fixture.mapGgtt(imageBus, imagePages);
    ringBus = fixture.allocate(RING_PAGES);
    writeImage(fixture.mapGgtt(ringBus, RING_PAGES));
  }

  /** Whether contexts of the engine hold the state of the render pipelines. */
  private static boolean isRender(Engine engine) {
    return switch (engine.engineClass()) {
      case RENDER, COMPUTE -> true;
      case VIDEO, VIDEO_ENHANCE, COPY -> false;
    };
  }

  private void writeImage(int ring) {
    int[] first = {
      0x244, 0x34, 0x30, 0x38, 0x3c, 0x168, 0x140, 0x110, 0x1c0, 0x1c4, 0x1c8, 0x180, 0x2b4
    };
    for (int i = 0; i < first.length; i++) setState(2 + 2 * i, engine.mmioBase() + first[i]);
    int[] second = {0x3a8, 0x28c, 0x288, 0x284, 0x280, 0x27c, 0x278, 0x274, 0x270};
    setState(0x21, LRI_PAGE_TABLES);
    for (int i = 0; i < second.length; i++) setState(0x22 + 2 * i, engine.mmioBase() + second[i]);
    setState(0x01, LRI_RING);
    setState(OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, FIRST_USE);
    setState(OTHER_CONTEXT_STATE_RING_START_DWORD, ring);
    setState(OTHER_CONTEXT_STATE_RING_CTL_DWORD, (RING_PAGES - 1) * 4096 | 1);
    setState(OTHER_CONTEXT_STATE_RING_PDP0_LDW_DWORD, (int) tables.root());
    setState(OTHER_CONTEXT_STATE_RING_PDP0_UDW_DWORD, (int) (tables.root() >>> 32));
    int end =
        isRender(engine)
            ? RENDER_CONTEXT_STATE_BATCH_BUFFER_END_DWORD
            : OTHER_CONTEXT_STATE_BATCH_BUFFER_END_DWORD;
    setState(end, MI_BATCH_BUFFER_END | 1);
  }

  /** Writes a dword of the image's register page. */
  void setState(int dword, int value) {
    fixture.gpu.writeMemory32(imageBus + 4096 + 4L * dword, value);
  }

  /** Reads a dword of the image's register page. */
  int state(int dword) {
    return fixture.load(imageBus + 4096 + 4L * dword);
  }

  Engine engine() {
    return engine;
  }

  /** GGTT address of the image. */
  int image() {
    return image;
  }

  /** Bus address of the image: its first page is the per-process status page. */
  long imageBus() {
    return imageBus;
  }

  /** Bus address of the ring. */
  long ringBus() {
    return ringBus;
  }

  PageTables tables() {
    return tables;
  }

  int tail() {
    return tail;
  }

  TestContext forceRestore() {
    descriptorFlags |= CONTEXT_DESCRIPTOR_FORCE_RESTORE;
    return this;
  }

  TestContext forcePageTables() {
    descriptorFlags |= CONTEXT_DESCRIPTOR_FORCE_PD_RESTORE;
    return this;
  }

  /** Adds commands to the ring, wrapping at its end; they must be a whole number of qwords. */
  TestContext emit(int... dwords) {
    for (int dword : dwords) {
      fixture.store(ringBus + tail, dword);
      tail = (tail + 4) % (RING_PAGES * 4096);
    }
    setState(OTHER_CONTEXT_STATE_RING_TAIL_DWORD, tail);
    return this;
  }

  /** Adds the start of a batch to the ring, as the kernel does: arbitration on around it. */
  TestContext emitBatch(Buffer batch) {
    return emit(
        MI_ARB_ON_OFF | 1, BATCH_ADDRESS_PPGTT, batch.low(), batch.high(), MI_ARB_ON_OFF, MI_NOOP);
  }

  /** A batch that holds {@code dwords} and ends. */
  Buffer batch(int... dwords) {
    Buffer buffer = tables.buffer(dwords.length / 1024 + 1);
    fixture.store(buffer.bus(), dwords);
    fixture.store(buffer.bus() + 4L * dwords.length, MI_BATCH_BUFFER_END);
    return buffer;
  }

  void store(Buffer buffer, int... dwords) {
    fixture.store(buffer.bus(), dwords);
  }

  long descriptor() {
    int low = image | 0x319 | descriptorFlags;
    int high =
        engine.engineClass().hardwareClass() << CONTEXT_DESCRIPTOR_ENGINE_CLASS_SHIFT
            | engine.hardwareInstance() << CONTEXT_DESCRIPTOR_ENGINE_INSTANCE_SHIFT
            | id
                << (wideIds
                    ? XEHP_CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_SHIFT
                    : CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_SHIFT);
    return low & 0xffffffffL | (long) high << 32;
  }
}

package dev.systole.errorstate.text;

import dev.systole.errorstate.ActiveContext;
import dev.systole.errorstate.AddressRange;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Capture;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.ElspEntry;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.GpuProcess;
import dev.systole.errorstate.HangMessage;
import dev.systole.errorstate.Registers;
import dev.systole.errorstate.RequestOffsets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A Tiger Lake whose render engine hangs at the second command of a batch. */
final class SampleCapture {
  private static final long BATCH = 0x7fff_0010_0000L;
  private static final int PAGE_BYTES = 4096;
  private static final int RING_BYTES = 0x4000;

  private SampleCapture() {}

  static Capture of(EngineState... engines) {
    return new Capture(
        Optional.of(HangMessage.about(12, List.of(engines))),
        new Capture.Host(
            "7.0.0 x86_64",
            1_718_000_000_123_456L,
            3_600_654_321L,
            3_590_111_111L,
            4_298_267_296L,
            1200),
        new Capture.Device("TIGERLAKE", 1, 0x9a49, 1, 0x8086, 0x2212, false),
        0,
        0,
        true,
        gt(),
        List.of(engines));
  }

  private static Registers gt() {
    var values = new LinkedHashMap<String, Long>();
    values.put("EIR", 0L);
    values.put("PGTBL_ER", 0L);
    for (int i = 0; i < 6; i++) values.put("GTIER[" + i + "]", i < 2 ? 0x09090909L : 0);
    for (int i = 0; i < 32; i++) values.put("fence[" + i + "]", i == 2 ? 0x9c5307707440001L : 0);
    values.put("FORCEWAKE", 0xffff0001L);
    values.put("FAULT_TLB_DATA", 0L);
    values.put("AUX_ERR_DBG", 0L);
    values.put("SFC_DONE[0]", 0xffL);
    values.put("SFC_DONE[1]", 0L);
    values.put("GAM_DONE", 0xffbfffffL);
    values.put("GuC timestamp", 0L);
    values.put("DERRMR", 0xffffffffL);
    return new Registers(values);
  }

  static EngineState render() {
    var engine = EngineState.builder("rcs0");
    commonRegisters(engine);
    engine.register("SC_INSTDONE", 0xfffffb7eL);
    for (int i = 0; i < 6; i++) engine.register("SAMPLER_INSTDONE[0][" + i + "]", 0xffffffffL);
    for (int i = 0; i < 6; i++) engine.register("ROW_INSTDONE[0][" + i + "]", 0xffffffdfL);
    engine.register("SC_INSTDONE_EXTRA", 0xffffffffL).register("SC_INSTDONE_EXTRA2", 0xffffffffL);
    return engine
        .request(new RequestOffsets(0, 0x88, 0xe0))
        .batch(new AddressRange(BATCH, BATCH + PAGE_BYTES))
        .port(new ElspEntry(0, 4242, 0x1d, 2, false, true, 0, 0, 0xe0))
        .hung(true)
        .resetCount(0)
        .context(new ActiveContext(new GpuProcess("hang_app", 4242), 0, 0, 0, 0, 0))
        .timelineSeqno(1)
        .object(object("HW Status", 0xfedfe000L, PAGE_BYTES))
        .object(object("ring", 0xc20000L, RING_BYTES, 0x7a000204, 0x103070a1, 0xd0))
        .object(object("HW context", 0xc0e000L, 16 * PAGE_BYTES))
        .object(object("batch", BATCH, PAGE_BYTES, 0, 0x7b000005, 0, 3, 0, 1, 0, 0, 0x05000000))
        .object(object("user", 0x7fff_0020_0000L, PAGE_BYTES, 0x3f800000))
        .build();
  }

  private static void commonRegisters(EngineState.Builder engine) {
    engine
        .register("CCID", 0x00c0e11dL)
        .register("START", 0x00c20000L)
        .register("HEAD", 0x80)
        .register("TAIL", 0xd8)
        .register("CTL", 0x3001)
        .register("MODE", 0)
        .register("HWS", 0xfedfe000L)
        .register("ACTHD", BATCH + 0x20)
        .register("IPEIR", 0)
        .register("IPEHR", 0x7b000005)
        .register("ESR", 0)
        .register("INSTDONE", 0xffdefffeL)
        .register("BBADDR", BATCH + 0x21)
        .register("BB_STATE", 0x20)
        .register("INSTPS", 0x8e0)
        .register("INSTPM", 0)
        .register("FADDR", BATCH + 0x80)
        .register("RC PSMI", 0x1080)
        .register("FAULT_REG", 0)
        .register("NOPID", 0)
        .register("EXCC", 0)
        .register("CMD_CCTL", 0x306)
        .register("CSCMDOP", 0)
        .register("CTX_SR_CTL", 8)
        .register("DMA_FADDR_HI", BATCH >>> 32)
        .register("DMA_FADDR_LO", (BATCH & 0xffffffffL) + 0x80)
        .register("GFX_MODE", 8)
        .register("PDP0", 0x1_0000_0000L)
        .register("PDP1", 0)
        .register("PDP2", 0)
        .register("PDP3", 0);
  }

  /** The copy engine of the same machine, which waits for the render engine. */
  static EngineState copy() {
    var engine = EngineState.builder("bcs0");
    commonRegisters(engine);
    return engine
        .port(new ElspEntry(0, 0, 5, 0, true, false, -1023, 0, 0xb0))
        .hung(false)
        .resetCount(1)
        .context(new ActiveContext(new GpuProcess("[i915]", 0), -1023, 0, 2, 5200, 52))
        .timelineSeqno(4294967295L)
        .object(object("HW Status", 0xfedfd000L, PAGE_BYTES))
        .build();
  }

  /** Any values in the registers, ports and context of a render engine. */
  static EngineState anyRender(long seed) {
    var random = new Random(seed);
    EngineState sample = render();
    var engine = EngineState.builder("rcs0");
    sample
        .registers()
        .values()
        .keySet()
        .forEach(name -> engine.register(name, isWide(name) ? random.nextLong() : dword(random)));
    for (int port = random.nextInt(3); port > 0; port--) {
      engine.port(anyPort(random, port));
    }
    if (random.nextBoolean()) engine.batch(new AddressRange(random.nextLong(), random.nextLong()));
    int pid = random.nextInt(1, 1 << 22);
    var owner = new GpuProcess("comm [" + random.nextInt(99) + "] -", pid);
    sample.objects().forEach(engine::object);
    return engine
        .request(new RequestOffsets(random.nextInt(), random.nextInt(), random.nextInt()))
        .hung(random.nextBoolean())
        .resetCount(random.nextInt(1000))
        .context(
            new ActiveContext(
                owner,
                random.nextInt(-1023, 1024),
                random.nextInt(9),
                random.nextInt(9),
                random.nextLong(1L << 50),
                random.nextLong(1L << 40)))
        .timelineSeqno(dword(random))
        .build();
  }

  private static ElspEntry anyPort(Random random, int port) {
    return new ElspEntry(
        port,
        random.nextInt(1 << 22),
        random.nextInt(),
        random.nextInt() | 1,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(-1023, 1024),
        random.nextInt(),
        random.nextInt());
  }

  private static boolean isWide(String register) {
    return register.matches("ACTHD|BBADDR|FADDR|PDP\\d");
  }

  private static long dword(Random random) {
    return random.nextInt() & 0xffffffffL;
  }

  private static CapturedObject object(String name, long address, int sizeBytes, int... dwords) {
    var bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int dword : dwords) bytes.putInt(dword);
    return CapturedObject.of("rcs0", name, address, Bytes.of(bytes.array()));
  }
}

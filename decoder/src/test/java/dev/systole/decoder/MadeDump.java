package dev.systole.decoder;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.HangMessage;
import dev.systole.errorstate.Registers;
import dev.systole.errorstate.RequestOffsets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small error states: a ring that starts a batch, and what a test changes of that. */
public final class MadeDump {
  public static final long BATCH = 0x7f0000100000L;
  public static final int BATCH_BYTES = 0x1000;
  public static final long RING = 0x20000;
  public static final int RING_BYTES = 0x4000;

  public static final int END = 0x05000000;
  public static final int ARB_CHECK = 0x02800000;
  public static final int ARB_OFF = 0x04000000;
  public static final int BATCH_START = 0x18800101;
  public static final int PRIMITIVE = 0x7b000005;
  public static final int PIPE_CONTROL = 0x7a000004;

  private final Map<String, Long> registers = new LinkedHashMap<>();
  private final LinkedHashMap<String, String> properties = new LinkedHashMap<>();
  private Optional<HangMessage> hang = Optional.empty();

  /** A dump without registers of the device and without a header. */
  public MadeDump() {}

  /** Bytes that begin with these dwords; the rest is zero. */
  public static Bytes bytes(int sizeBytes, int... dwords) {
    var bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int dword : dwords) bytes.putInt(dword);
    return Bytes.of(bytes.array());
  }

  public static CapturedObject object(String name, long address, Bytes bytes) {
    return CapturedObject.of("rcs0", name, address, bytes);
  }

  /** A hung engine with a ring that starts {@link #BATCH}, in which ACTHD and IPEHR are. */
  public static EngineState.Builder inBatch(String name, long acthd, int ipehr, int... batch) {
    int[] ring = {0x04000001, BATCH_START, (int) BATCH, (int) (BATCH >>> 32), ARB_OFF, 0};
    return engine(name, 0x10, 0x18, acthd, ipehr, bytes(RING_BYTES, ring))
        .register("BBADDR", acthd | 1)
        .request(new RequestOffsets(0, 0x10, 0x20))
        .object(object("batch", BATCH, bytes(BATCH_BYTES, batch)));
  }

  /** A hung engine with that ring and no batch. */
  public static EngineState.Builder inRing(int head, int tail, long acthd, int ipehr, Bytes ring) {
    return engine("rcs0", head, tail, acthd, ipehr, ring).register("BBADDR", 0x1000);
  }

  private static EngineState.Builder engine(
      String name, int head, int tail, long acthd, int ipehr, Bytes ring) {
    return EngineState.builder(name)
        .register("START", RING)
        .register("HEAD", Integer.toUnsignedLong(head))
        .register("TAIL", tail)
        .register("CTL", RING_BYTES - 0x1000 | 1)
        .register("ACTHD", acthd)
        .register("IPEHR", Integer.toUnsignedLong(ipehr))
        .register("INSTDONE", 0xffffffffL)
        .hung(true)
        .object(object("ring", RING, ring));
  }

  /** The same engine without some registers, or without some objects. */
  public static EngineState.Builder without(EngineState engine, String... names) {
    List<String> gone = List.of(names);
    var poorer = EngineState.builder(engine.name()).hung(engine.hung());
    engine.request().ifPresent(poorer::request);
    engine.registers().values().entrySet().stream()
        .filter(register -> !gone.contains(register.getKey()))
        .forEach(register -> poorer.register(register.getKey(), register.getValue()));
    engine.objects().stream()
        .filter(object -> !gone.contains(object.name()))
        .forEach(poorer::object);
    return poorer;
  }

  /** Sets a register of the device. */
  public MadeDump register(String name, long value) {
    registers.put(name, value);
    return this;
  }

  /** Sets a line of the header. */
  public MadeDump property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  /** Sets the hang message, instead of the one that the engines' registers give. */
  public MadeDump hang(HangMessage message) {
    hang = Optional.of(message);
    return this;
  }

  public ErrorState of(EngineState... engines) {
    return new ErrorState(
        hang.or(() -> Optional.of(HangMessage.about(12, List.of(engines)))),
        properties,
        new LinkedHashMap<>(),
        new Registers(new LinkedHashMap<>(registers)),
        List.of(engines),
        List.of(),
        List.of(),
        Bytes.EMPTY);
  }
}

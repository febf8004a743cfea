package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubPacket.RegisterWrite;
import dev.systole.spec.Engine;
import dev.systole.spec.gen12.RingRegisters;
import dev.systole.spec.gen12.SubmissionStructures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recognises submissions among register writes. Gen8 to Gen10 write two context descriptors to an
 * engine's ELSP, dword by dword, the first to run last; Gen11 and later fill the submission queue
 * and write its control register.
 */
final class SubmissionPorts {
  /** Where recorders find the video engine on Gen11 and later, too. */
  static final int OLD_VIDEO_BASE = 0x12000;

  private static final int ELSP_WRITES = 4;
  private static final int QUEUE_DWORDS = 2 * RingRegisters.RING_EXECLIST_SQ_CONTENTS_LO_COUNT;

  /** A context that an engine is told to execute. */
  record Port(Engine engine, long descriptor) {}

  private final Map<Integer, Engine> ports = new HashMap<>();
  private final Map<Integer, Engine> queues = new HashMap<>();
  private final Map<Engine, List<Integer>> portWrites = new EnumMap<>(Engine.class);
  private final Map<Engine, int[]> queueContents = new EnumMap<>(Engine.class);

  SubmissionPorts() {
    // i915: i915_reg.h: RENDER_RING_BASE, GEN6_BSD_RING_BASE, GEN8_BSD2_RING_BASE,
    // VEBOX_RING_BASE, BLT_RING_BASE
    ports.put(0x2000, Engine.RCS0);
    ports.put(OLD_VIDEO_BASE, Engine.VCS0);
    ports.put(0x1c000, Engine.VCS1);
    ports.put(0x1a000, Engine.VECS0);
    ports.put(0x22000, Engine.BCS0);
    for (Engine engine : Engine.values()) queues.put(engine.mmioBase(), engine);
    queues.put(OLD_VIDEO_BASE, Engine.VCS0);
    for (Engine engine : Engine.values()) {
      portWrites.put(engine, new ArrayList<>());
      queueContents.put(engine, new int[QUEUE_DWORDS]);
    }
  }

  /** What this write submits, in the order of execution; mostly nothing. */
  List<Port> write(RegisterWrite write) {
    int offset = write.register() & 0xfff;
    int base = write.register() - offset;
    Engine byPort = ports.get(base);
    if (byPort != null && offset == RingRegisters.RING_ELSP) return elsp(byPort, write.value());
    Engine byQueue = queues.get(base);
    return byQueue == null ? List.of() : queue(byQueue, offset, write.value());
  }

  private List<Port> elsp(Engine engine, int value) {
    List<Integer> writes = portWrites.get(engine);
    writes.add(value);
    if (writes.size() < ELSP_WRITES) return List.of();
    int[] dwords = {writes.get(3), writes.get(2), writes.get(1), writes.get(0)};
    writes.clear();
    return valid(engine, dwords);
  }

  private List<Port> queue(Engine engine, int offset, int value) {
    int[] contents = queueContents.get(engine);
    if (offset == RingRegisters.RING_EXECLIST_CONTROL) {
      boolean load = (value & RingRegisters.RING_EXECLIST_CONTROL_LOAD) != 0;
      return load ? valid(engine, contents) : List.of();
    }
    int index = (offset - RingRegisters.RING_EXECLIST_SQ_CONTENTS_LO) / Integer.BYTES;
    if (index >= 0 && index < QUEUE_DWORDS && offset % Integer.BYTES == 0) contents[index] = value;
    return List.of();
  }

  private static List<Port> valid(Engine engine, int[] dwords) {
    var found = new ArrayList<Port>();
    for (int i = 0; i + 1 < dwords.length; i += 2) {
      if ((dwords[i] & SubmissionStructures.CONTEXT_DESCRIPTOR_VALID) == 0) continue;
      long descriptor = Integer.toUnsignedLong(dwords[i]) | (long) dwords[i + 1] << Integer.SIZE;
      found.add(new Port(engine, descriptor));
    }
    return found;
  }
}

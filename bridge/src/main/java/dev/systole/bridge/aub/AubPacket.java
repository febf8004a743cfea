package dev.systole.bridge.aub;

import dev.systole.errorstate.Bytes;
import dev.systole.spec.Engine;
import java.util.OptionalInt;

/** A packet of an AUB (mesa-igt-tools.md part 4). */
public sealed interface AubPacket {
  /** Where in the (unzipped) file it begins. */
  long offsetBytes();

  /**
   * What was recorded; first in every file.
   *
   * @param pciId of the device, where the file tells it
   * @param application the recorder's word for it; may be empty
   */
  record Device(long offsetBytes, OptionalInt pciId, String application) implements AubPacket {
    /** Whether it is a Tiger, Rocket, Alder or Raptor Lake, or a DG1 (i915: i915_pciids.h). */
    public boolean isGen12() {
      return switch (pciId.orElse(0) >>> 8) {
        case 0x9a, 0x4c, 0x46, 0xa7, 0x49 -> true;
        default -> false;
      };
    }
  }

  /** A remark of the recorder. */
  record Comment(long offsetBytes, String text) implements AubPacket {}

  /**
   * A write to a register.
   *
   * @param register its offset in BAR 0
   */
  record RegisterWrite(long offsetBytes, int register, int value) implements AubPacket {}

  /** A write to memory, of the bytes that were there when work that needs them was submitted. */
  record MemoryWrite(long offsetBytes, AubSpace space, long address, Bytes bytes)
      implements AubPacket {}

  /**
   * Classic files only: commands that are put into a ring and executed.
   *
   * @param address where in the ring, in {@link AubSpace#FLAT}
   */
  record RingWrite(long offsetBytes, Engine engine, long address, Bytes commands)
      implements AubPacket {}

  /**
   * A packet that says nothing of commands or memory: a poll, a picture, a marker.
   *
   * @param header its first dword
   */
  record Skipped(long offsetBytes, int header) implements AubPacket {}
}

package dev.systole.driver.core.capture;

import static dev.systole.spec.gen12.GtRegisters.FAULT_REG;
import static dev.systole.spec.gen12.GtRegisters.ROW_INSTDONE;
import static dev.systole.spec.gen12.GtRegisters.SAMPLER_INSTDONE;
import static dev.systole.spec.gen12.GtRegisters.SC_INSTDONE;
import static dev.systole.spec.gen12.GtRegisters.SC_INSTDONE_EXTRA;
import static dev.systole.spec.gen12.GtRegisters.SC_INSTDONE_EXTRA2;

import dev.systole.driver.core.gt.GtEngine;
import dev.systole.errorstate.EngineState;
import dev.systole.spec.EngineClass;
import dev.systole.spec.gen12.RingRegisters;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The registers of an engine by their names in the dump (i915-kernel.md 1.5, 5.2). */
final class EngineRegisters {
  private static final int SUBSLICES = 6;

  /** 32-bit registers, relative to the engine. */
  private static final SequencedMap<String, Integer> DWORDS = new LinkedHashMap<>();

  /** 64-bit registers: the upper half's offset, then the lower half's. */
  private static final SequencedMap<String, int[]> QWORDS = new LinkedHashMap<>();

  static {
    DWORDS.put("CCID", RingRegisters.CCID);
    DWORDS.put("START", RingRegisters.RING_START);
    DWORDS.put("HEAD", RingRegisters.RING_HEAD);
    DWORDS.put("TAIL", RingRegisters.RING_TAIL);
    DWORDS.put("CTL", RingRegisters.RING_CTL);
    DWORDS.put("MODE", RingRegisters.RING_MI_MODE);
    DWORDS.put("HWS", RingRegisters.RING_HWS_PGA);
    DWORDS.put("IPEIR", RingRegisters.RING_IPEIR);
    DWORDS.put("IPEHR", RingRegisters.RING_IPEHR);
    DWORDS.put("ESR", RingRegisters.RING_ESR);
    DWORDS.put("INSTDONE", RingRegisters.RING_INSTDONE);
    DWORDS.put("BB_STATE", RingRegisters.RING_BBSTATE);
    DWORDS.put("INSTPS", RingRegisters.RING_INSTPS);
    DWORDS.put("INSTPM", RingRegisters.RING_INSTPM);
    DWORDS.put("RC PSMI", RingRegisters.RING_PSMI_CTL);
    DWORDS.put("NOPID", RingRegisters.RING_NOPID);
    DWORDS.put("EXCC", RingRegisters.RING_EXCC);
    DWORDS.put("CMD_CCTL", RingRegisters.RING_CMD_CCTL);
    DWORDS.put("CSCMDOP", RingRegisters.RING_CSCMDOP);
    DWORDS.put("CTX_SR_CTL", RingRegisters.RING_CONTEXT_CONTROL);
    DWORDS.put("DMA_FADDR_HI", RingRegisters.RING_DMA_FADD_UDW);
    DWORDS.put("DMA_FADDR_LO", RingRegisters.RING_DMA_FADD);
    DWORDS.put("GFX_MODE", RingRegisters.RING_MODE);
    qword("ACTHD", RingRegisters.RING_ACTHD_UDW, RingRegisters.RING_ACTHD);
    qword("BBADDR", RingRegisters.RING_BBADDR_UDW, RingRegisters.RING_BBADDR);
    qword("FADDR", RingRegisters.RING_DMA_FADD_UDW, RingRegisters.RING_DMA_FADD);
    for (int i = 0; i < RingRegisters.RING_PDP_LDW_COUNT; i++) {
      int stride = i * RingRegisters.RING_PDP_LDW_STRIDE_BYTES;
      qword("PDP" + i, RingRegisters.RING_PDP_UDW + stride, RingRegisters.RING_PDP_LDW + stride);
    }
  }

  private EngineRegisters() {}

  private static void qword(String name, int upperOffset, int lowerOffset) {
    QWORDS.put(name, new int[] {upperOffset, lowerOffset});
  }

  /** Reads all that the kernel prints for the engine's class. */
  static void read(GtEngine engine, EngineState.Builder into) {
    DWORDS.forEach((name, offset) -> into.register(name, unsigned(engine.read(offset))));
    QWORDS.forEach(
        (name, offsets) ->
            into.register(
                name, unsigned(engine.read(offsets[0])) << 32 | unsigned(engine.read(offsets[1]))));
    into.register("FAULT_REG", unsigned(engine.gt().mmio().read(FAULT_REG)));
    if (engine.engine().engineClass() == EngineClass.RENDER) readRenderUnits(engine, into);
  }

  private static void readRenderUnits(GtEngine engine, EngineState.Builder into) {
    readGlobal(engine, into, "SC_INSTDONE", SC_INSTDONE);
    for (int i = 0; i < SUBSLICES; i++) {
      readGlobal(engine, into, "SAMPLER_INSTDONE[0][" + i + "]", SAMPLER_INSTDONE);
    }
    for (int i = 0; i < SUBSLICES; i++) {
      readGlobal(engine, into, "ROW_INSTDONE[0][" + i + "]", ROW_INSTDONE);
    }
    readGlobal(engine, into, "SC_INSTDONE_EXTRA", SC_INSTDONE_EXTRA);
    readGlobal(engine, into, "SC_INSTDONE_EXTRA2", SC_INSTDONE_EXTRA2);
  }

  private static void readGlobal(
      GtEngine engine, EngineState.Builder into, String name, int offset) {
    into.register(name, unsigned(engine.gt().mmio().read(offset)));
  }

  static long unsigned(int value) {
    return Integer.toUnsignedLong(value);
  }
}

package dev.systole.gpu.naive;

import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.util.Map;
import java.util.TreeMap;

/** Registers by offset; one that was never written is zero. */
final class NaiveRegisters {
  static final int GPR = 0x600;

  private final Map<Integer, Integer> values = new TreeMap<>();
  private final int base;
  private final boolean render;
  private final boolean copy;

  NaiveRegisters(Engine engine) {
    base = engine.mmioBase();
    render = engine.engineClass() == EngineClass.RENDER;
    copy = engine.engineClass() == EngineClass.COPY;
  }

  int base() {
    return base;
  }

  int get(int offset) {
    return values.getOrDefault(offset, 0);
  }

  /** A register of the engine's own block. */
  int own(int offset) {
    return get(base + offset);
  }

  long own64(int offset) {
    return own(offset) & 0xffffffffL | (long) own(offset + 4) << 32;
  }

  void setOwn(int offset, int value) {
    values.put(base + offset, value);
  }

  void setOwn64(int offset, long value) {
    setOwn(offset, (int) value);
    setOwn(offset + 4, (int) (value >>> 32));
  }

  long gpr(int number) {
    return own64(GPR + 8 * number);
  }

  void setGpr(int number, long value) {
    setOwn64(GPR + 8 * number, value);
  }

  /** A write by a command; the upper half of a masked register says which bits it is about. */
  void write(int offset, int value) {
    if (!isMasked(offset - base)) {
      values.put(offset, value);
      return;
    }
    int mask = value >>> 16;
    values.put(offset, get(offset) & ~mask | value & mask);
  }

  private boolean isMasked(int own) {
    return own == 0x9c || own == 0xc0 || copy && own == 0x200;
  }

  /** What batches of users may write (2.3: user mode non-privileged registers). */
  boolean userMayWrite(int offset) {
    int own = offset - base;
    if (own >= GPR && own < GPR + 0x80) return true;
    if (copy && own == 0x200) return true;
    if (!render) return false;
    boolean predicate = own >= 0x400 && own <= 0x41c || own == 0x3bc;
    boolean draw = own == 0x420 || own >= 0x430 && own <= 0x440 || own >= 0x690 && own <= 0x698;
    boolean dispatch = own >= 0x500 && own <= 0x508;
    boolean statistics = own == 0x290 || own == 0x294 || own >= 0x300 && own <= 0x354;
    boolean streamOut = offset >= 0x5200 && offset < 0x5290;
    return predicate || draw || dispatch || statistics || streamOut;
  }
}

package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;

/**
 * The scaler (SFC) that a video and a video enhancement engine share: before software resets one of
 * them it forces the scaler's lock, and the engine acknowledges (i915-kernel.md 3.2).
 */
public final class ScalerLock implements RegisterBlock {
  private final PagedMemory registers;
  private final int request;
  private final int answer;
  private final int acknowledge;

  /** The lock of {@code engine}, which has a scaler. */
  public ScalerLock(Engine engine, PagedMemory registers) {
    this.registers = registers;
    boolean video = engine.engineClass() == EngineClass.VIDEO;
    request = engine.mmioBase() + (video ? VCS_SFC_FORCED_LOCK : VECS_SFC_FORCED_LOCK);
    answer = engine.mmioBase() + (video ? VCS_SFC_LOCK_STATUS : VECS_SFC_LOCK_ACKNOWLEDGE);
    acknowledge =
        video ? VCS_SFC_LOCK_STATUS_LOCK_ACKNOWLEDGE : VECS_SFC_LOCK_ACKNOWLEDGE_LOCK_ACKNOWLEDGE;
  }

  /** Whether engines of that class have a scaler. */
  public static boolean isIn(EngineClass engine) {
    return engine == EngineClass.VIDEO || engine == EngineClass.VIDEO_ENHANCE;
  }

  /** The register that is this part's. */
  public int claimed() {
    return request;
  }

  @Override
  public int read(int offset) {
    return registers.load32(offset);
  }

  @Override
  public void write(int offset, int value) {
    registers.store32(offset, value);
    int others = registers.load32(answer) & ~acknowledge;
    boolean locked = (value & VCS_SFC_FORCED_LOCK_LOCK) != 0;
    registers.store32(answer, others | (locked ? acknowledge : 0));
  }
}

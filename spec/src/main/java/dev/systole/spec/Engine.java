package dev.systole.spec;

/**
 * The engines of a Tiger Lake class GPU and DG2's compute engine, by the kernel's names
 * (i915-kernel.md 5.1). The second video engine is the hardware's VCS2; the kernel numbers densely
 * and calls it vcs1.
 */
public enum Engine {
  RCS0("rcs0", EngineClass.RENDER, 0, 0x2000, 1, 0, 0),
  BCS0("bcs0", EngineClass.COPY, 0, 0x22000, 2, 0, 15),
  VCS0("vcs0", EngineClass.VIDEO, 0, 0x1c0000, 5, 1, 0),
  VCS1("vcs1", EngineClass.VIDEO, 2, 0x1d0000, 7, 1, 2),
  VECS0("vecs0", EngineClass.VIDEO_ENHANCE, 0, 0x1c8000, 13, 1, 31),
  CCS0("ccs0", EngineClass.COMPUTE, 0, 0x1a000, 1, 0, 4);

  private final String kernelName;
  private final EngineClass engineClass;
  private final int hardwareInstance;
  private final int mmioBase;
  private final int resetDomainBit;
  private final int interruptBank;
  private final int interruptBit;

  Engine(
      String kernelName,
      EngineClass engineClass,
      int hardwareInstance,
      int mmioBase,
      int resetDomainBit,
      int interruptBank,
      int interruptBit) {
    this.kernelName = kernelName;
    this.engineClass = engineClass;
    this.hardwareInstance = hardwareInstance;
    this.mmioBase = mmioBase;
    this.resetDomainBit = resetDomainBit;
    this.interruptBank = interruptBank;
    this.interruptBit = interruptBit;
  }

  /** The name in dumps, sysfs and on the command line. */
  public String kernelName() {
    return kernelName;
  }

  public EngineClass engineClass() {
    return engineClass;
  }

  /** Instance in interrupt identities and context descriptors. */
  public int hardwareInstance() {
    return hardwareInstance;
  }

  /** Offset of the engine's register block in BAR 0. */
  public int mmioBase() {
    return mmioBase;
  }

  /** Bit of GDRST that resets the engine's domain. */
  public int resetDomainBit() {
    return resetDomainBit;
  }

  /** Which of the two GT_INTR_DW registers reports the engine. */
  public int interruptBank() {
    return interruptBank;
  }

  /** Bit in GT_INTR_DW of {@link #interruptBank}. */
  public int interruptBit() {
    return interruptBit;
  }

  /** The well that must be awake for the engine's registers. */
  public ForcewakeDomain forcewakeDomain() {
    return ForcewakeDomain.of(mmioBase).orElseThrow();
  }

  @Override
  public String toString() {
    return kernelName;
  }
}

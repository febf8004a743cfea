package dev.systole.spec;

/** The kind of an engine; the same header can mean different commands on different kinds. */
public enum EngineClass {
  RENDER("rcs", 0, 0),
  VIDEO("vcs", 1, 2),
  VIDEO_ENHANCE("vecs", 2, 3),
  COPY("bcs", 3, 1),
  COMPUTE("ccs", 5, 4);

  private final String prefix;
  private final int hardwareClass;
  private final int uabiClass;

  EngineClass(String prefix, int hardwareClass, int uabiClass) {
    this.prefix = prefix;
    this.hardwareClass = hardwareClass;
    this.uabiClass = uabiClass;
  }

  /** The kernel's prefix of the engine's name ({@code rcs}). */
  public String prefix() {
    return prefix;
  }

  /** The class in interrupt identities and context descriptors (i915-kernel.md 5.1). */
  public int hardwareClass() {
    return hardwareClass;
  }

  /** The class in the uapi and the bit in the second field of an ecode (i915-kernel.md 1.2). */
  public int uabiClass() {
    return uabiClass;
  }
}

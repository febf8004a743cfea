package dev.systole.errorstate;

import java.util.Optional;

/** Engine classes in the order of the uapi, which is the order of the bits in an ecode. */
public enum EngineClass {
  RENDER("rcs"),
  COPY("bcs"),
  VIDEO("vcs"),
  VIDEO_ENHANCE("vecs"),
  COMPUTE("ccs");

  private final String prefix;

  EngineClass(String prefix) {
    this.prefix = prefix;
  }

  /** The class of an engine's name ({@code vcs1}), or nothing for a name that no kernel uses. */
  public static Optional<EngineClass> ofEngine(String engine) {
    for (EngineClass engineClass : values()) {
      if (engine.matches(engineClass.prefix + "\\d+")) return Optional.of(engineClass);
    }
    return Optional.empty();
  }

  /** This class in the engine mask of an ecode. */
  public int ecodeBit() {
    return 1 << ordinal();
  }
}

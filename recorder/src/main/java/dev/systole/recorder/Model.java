package dev.systole.recorder;

/** The version of the model: of everything that decides which bytes a recording has. */
public final class Model {
  /** Changes whenever behaviour or costs of the machine change. */
  public static final String VERSION = "1";

  private Model() {}
}

package dev.systole.gpu.command;

/**
 * What an engine does with the commands of type 3: it keeps the state that they set, and works. The
 * class of the engine decides what a header means (gen12-commands.md 1.3).
 */
interface GraphicsPipe {
  /**
   * Executes the command, behind which parsing already stands.
   *
   * @return the clocks that it takes
   */
  int execute(int header, int lengthDwords);

  /** The pipe of this engine. */
  static GraphicsPipe of(EngineState s) {
    return switch (s.engine.engineClass()) {
      case RENDER, COMPUTE -> new Render(s);
      case VIDEO -> new Video(s);
      case VIDEO_ENHANCE -> new VideoEnhance(s);
      case COPY -> (header, length) -> s.costs.command();
    };
  }
}

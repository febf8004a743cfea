package dev.systole.gpu.platform;

/**
 * What work costs, in clocks of the engine. Orders of magnitude of a real part (gen12-commands.md
 * 3.4), chosen once; a change changes every virtual time that was ever recorded.
 *
 * @param command any command that is not named here: parsing it
 * @param registerWrite each register that a command writes
 * @param store a posted write to memory
 * @param load a round trip to memory
 * @param batchStart a jump to another buffer, whose first line is cold
 * @param flush PIPE_CONTROL and MI_FLUSH_DW that wait for the engine to be idle
 * @param poll one look of MI_SEMAPHORE_WAIT
 * @param contextSave,contextRestore half a context switch
 * @param primitive setting up 3DPRIMITIVE, before its vertices
 * @param verticesPerClock how fast vertices are worked off
 * @param walkerGroup each thread group of a walker, before its invocations
 * @param invocationsPerClock how fast the invocations of a thread group are worked off
 * @param macroblock each 16 by 16 pixels of video
 * @param bitStreamBytesPerClock how fast a bit stream is read
 * @param pixelsPerClock how fast pixels without a shader are written or converted
 * @param blit setting up a blit, before its bytes
 * @param blitBytesPerClock how fast a blit moves
 */
public record CostModel(
    int command,
    int registerWrite,
    int store,
    int load,
    int batchStart,
    int flush,
    int poll,
    int contextSave,
    int contextRestore,
    int primitive,
    int verticesPerClock,
    int walkerGroup,
    int invocationsPerClock,
    int macroblock,
    int bitStreamBytesPerClock,
    int pixelsPerClock,
    int blit,
    int blitBytesPerClock) {
  /** Tiger Lake with LPDDR4x memory: 1 µs are 1300 clocks, blits move 15.6 GB/s. */
  static final CostModel TIGER_LAKE =
      new CostModel(
          2, 20, 50, 500, 650, 2000, 300, 5000, 8000, 1000, 1, 100, 8, 100, 1, 8, 500, 12);

  /** DG2 with GDDR6 memory: 1 µs are 2400 clocks, blits move 96 GB/s, four slices share work. */
  static final CostModel DG2 =
      new CostModel(
          2, 20, 50, 900, 1200, 4000, 500, 9000, 15000, 1000, 4, 25, 32, 60, 2, 32, 500, 40);
}

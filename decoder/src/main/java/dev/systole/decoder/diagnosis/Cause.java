package dev.systole.decoder.diagnosis;

import java.util.List;

/** Why an engine hangs. The identifiers never change their meaning. */
public enum Cause {
  PAGE_FAULT(
      "page-fault",
      "A memory access met a page that is not there",
      "compare the faulting address with the surfaces, buffers and rectangles that the command uses",
      "look for a buffer that the batch uses but that is not bound, or was unbound too early"),
  COMPLETION_LOST(
      "completion-lost",
      "The work is done and only the news of it was lost",
      "check that the engine's user interrupt is enabled and arrives",
      "look in the kernel log for delayed timers or a stalled CPU"),
  NEVER_STARTED(
      "never-started",
      "The request was submitted but never started",
      "look at the submission ports and the context status buffer for a lost context switch"),
  WAITS_FOR_ENGINE(
      "waits-for-engine",
      "It waits for another engine and is not to blame",
      "find out why the other engine does not get there"),
  PARKED_BY_DRIVER(
      "parked-by-driver",
      "The driver parked it on its preemption semaphore; it is not to blame",
      "look at what the driver preempted it for"),
  SEMAPHORE_NOT_SIGNALLED(
      "semaphore-not-signalled",
      "It waits for a value in memory that nobody writes",
      "find who should write that address: an event that is never set, or a batch never submitted"),
  SEMAPHORE_SIGNAL_MISSED(
      "semaphore-signal-missed",
      "It waits for a value that memory already holds",
      "check that the wait polls, and that the writer flushes before it signals"),
  REGISTER_NOT_READY(
      "register-not-ready",
      "It polls a register that does not get the value it waits for",
      "look at the unit behind that register: is it powered, is what it was asked to do possible?"),
  BAD_OPCODE(
      "bad-opcode",
      "It met something that is no command",
      "find out who wrote the buffer there: a wrong relocation, an over-run, a page never written",
      "compare with the same buffer of a good run"),
  RUNAWAY_BATCH(
      "runaway-batch",
      "It ran out of its batch",
      "look for a missing MI_BATCH_BUFFER_END or a wrong address in the last batch start"),
  ENDLESS_LOOP(
      "endless-loop",
      "Its commands jump back for ever",
      "look at what should end the loop, and who should have written that"),
  SHADER_NOT_FINISHING(
      "shader-not-finishing",
      "A shader does not finish",
      "look in the shaders of the last draw or dispatch for a loop or barrier that never ends"),
  FIXED_FUNCTION_STALL(
      "fixed-function-stall",
      "A draw is stuck in the fixed functions of the geometry pipe",
      "check URB allocation, bounds of vertex and index buffers, stream-out buffers",
      "look for state that changed without a flush before it"),
  PIXEL_BACK_END_STALL(
      "pixel-back-end-stall",
      "A draw is stuck in the depth or colour back end",
      "check the depth, HiZ and render target states and their auxiliary surfaces",
      "look for a missing depth or render target cache flush"),
  DRAW_NOT_FINISHING(
      "draw-not-finishing",
      "A draw or dispatch does not finish and no unit shows why",
      "repeat it with the same state and fewer vertices or threads"),
  FLUSH_NOT_RETIRING(
      "flush-not-retiring",
      "A flush or stall does not finish",
      "look at the commands before it: what they left in flight is what it waits for",
      "compare with the list of workarounds for this command"),
  BLIT_STUCK(
      "blit-stuck",
      "A blit does not finish",
      "compare its rectangles and pitches with the sizes of the buffers, and its tilings"),
  CODEC_STUCK(
      "codec-stuck",
      "The video pipe does not finish",
      "check the size of the bitstream object and the reference surfaces",
      "check that the pipeline flushes that the codec needs are there"),
  VIDEO_ENHANCE_STUCK(
      "video-enhance-stuck",
      "The video enhancement pipe does not finish",
      "check the scaler's lock hand-shake with the video engine"),
  ENGINE_STOPPED(
      "engine-stopped",
      "The command streamer stopped at a command that cannot block",
      "see whether the same command hangs each time; if not, suspect power or clocks"),
  UNEXPLAINED(
      "unexplained", "The dump does not tell why", "compare with further dumps of the same hang");

  private final String id;
  private final String sentence;
  private final List<String> next;

  Cause(String id, String sentence, String... next) {
    this.id = id;
    this.sentence = sentence;
    this.next = List.of(next);
  }

  /** The stable identifier, {@code endless-loop}. */
  public String id() {
    return id;
  }

  /** The cause for people, without a full stop. */
  public String sentence() {
    return sentence;
  }

  /** What to look at next, for any hang with this cause. */
  List<String> next() {
    return next;
  }
}

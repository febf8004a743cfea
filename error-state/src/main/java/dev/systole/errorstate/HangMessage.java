package dev.systole.errorstate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The line {@code GPU HANG: ecode 12:1:85dffffb, in hang_app [4242]} that heads an error state and
 * stands in the kernel log (i915: i915_gpu_error.c: error_msg).
 *
 * @param graphicsVersion 12 for Tiger Lake
 * @param engineMask bit per {@link EngineClass} with a hung engine (up to 5.0: the engine's number)
 * @param signature IPEHR xor INSTDONE of the first hung engine in the dump, 0 if none
 * @param process the owner of the hung context, where there is one
 * @param reason what old kernels add ({@code hang on rcs0})
 */
public record HangMessage(
    int graphicsVersion,
    int engineMask,
    int signature,
    Optional<GpuProcess> process,
    Optional<String> reason) {

  /** The message of a present kernel about these engines, in the order of the dump. */
  public static HangMessage about(int graphicsVersion, List<EngineState> engines) {
    List<EngineState> hung = engines.stream().filter(EngineState::hung).toList();
    int mask =
        hung.stream()
            .flatMap(engine -> engine.engineClass().stream())
            .mapToInt(EngineClass::ecodeBit)
            .reduce(0, (a, b) -> a | b);
    Optional<EngineState> first = hung.stream().findFirst();
    int signature =
        first
            .map(engine -> engine.registers().dword("IPEHR") ^ engine.registers().dword("INSTDONE"))
            .orElse(0);
    Optional<GpuProcess> process =
        first
            .flatMap(EngineState::context)
            .map(ActiveContext::process)
            .filter(owner -> owner.pid() != 0);
    return new HangMessage(graphicsVersion, mask, signature, process, Optional.empty());
  }

  /** Whether the message blames an engine of that class. */
  public boolean blames(EngineClass engineClass) {
    return (engineMask & engineClass.ecodeBit()) != 0;
  }

  /** The line as a present kernel prints it, without its end. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "GPU HANG: ecode %d:%x:%08x%s%s",
        graphicsVersion,
        engineMask,
        signature,
        process.map(owner -> ", in " + owner).orElse(""),
        reason.map(text -> ", " + text).orElse(""));
  }
}

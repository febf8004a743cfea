package dev.systole.decoder.diagnosis;

import dev.systole.decoder.command.ArbOnOff;
import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.Hex;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.UnknownCommand;
import dev.systole.decoder.diagnosis.CommandPath.Loop;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Hangs that the commands themselves explain (gen12-commands.md 7.4, rules 6 to 8). */
final class StreamRules {
  /** Error identity: an instruction that is none (i915-kernel.md 5.2). */
  private static final int INSTRUCTION_ERROR = 1;

  /** How far behind the end of a batch an engine may be found that ran out of it. */
  private static final long RUNAWAY_BYTES = 1 << 20;

  private static final int MAX_NAMED = 6;

  private StreamRules() {}

  static Optional<Finding> badOpcode(EngineCase suspect) {
    if (suspect.point().isEmpty()) return Optional.empty();
    int header = suspect.point().get().header();
    boolean error = ((suspect.register("ESR") | suspect.register("EIR")) & INSTRUCTION_ERROR) != 0;
    boolean unknown = suspect.commandName().equals(UnknownCommand.NAME);
    if (!error && !unknown) return Optional.empty();
    boolean inMemory = suspect.command().isPresent();
    Finding finding =
        Finding.of(
            Cause.BAD_OPCODE,
            unknown && (error || inMemory) ? Confidence.HIGH : Confidence.MEDIUM,
            unknown
                ? "no %s command has the header %s"
                    .formatted(suspect.stream().name(), Hex.dword(header))
                : "%s is a command, but the engine refused it".formatted(suspect.commandName()));
    if (error) finding = finding.and("the engine reports an instruction error (ESR or EIR bit 0)");
    Optional<CommandRead> before = suspect.lastBefore(_ -> true);
    return Optional.of(
        before.isEmpty()
            ? finding
            : finding.and(
                "the command before it is %s at %s"
                    .formatted(before.get().command().name(), before.get().location())));
  }

  static Optional<Finding> endlessLoop(EngineCase suspect) {
    CommandPath path = suspect.path();
    return path.loops().stream()
        .filter(loop -> loop.contains(path.point()))
        .findFirst()
        .map(loop -> loop(suspect, loop));
  }

  private static Finding loop(EngineCase suspect, Loop loop) {
    List<CommandRead> body = suspect.path().commands().subList(loop.first(), loop.last() + 1);
    CommandRead jump = body.getLast();
    Finding finding =
        Finding.of(
            Cause.ENDLESS_LOOP,
            Confidence.HIGH,
            body.size() == 1
                ? "%s at %s jumps to itself".formatted(jump.command().name(), jump.location())
                : "%s at %s jumps back to %s, over %s"
                    .formatted(
                        jump.command().name(),
                        jump.location(),
                        body.getFirst().location(),
                        names(body)));
    return suspect.arbitrationOff() || forbidsArbitration(body)
        ? finding.and("arbitration is off there, so that nothing can preempt it")
        : finding.and("arbitration is on there: it can be preempted");
  }

  private static boolean forbidsArbitration(List<CommandRead> body) {
    return body.stream().anyMatch(read -> read.command() instanceof ArbOnOff arb && !arb.on());
  }

  private static String names(List<CommandRead> body) {
    String names =
        body.stream()
            .limit(MAX_NAMED)
            .map(CommandRead::command)
            .map(Command::name)
            .collect(Collectors.joining(", "));
    return body.size() <= MAX_NAMED ? names : names + ", … (" + body.size() + " commands)";
  }

  static Optional<Finding> runaway(EngineCase suspect) {
    if (suspect.point().isEmpty() || suspect.point().get().inRing()) return Optional.empty();
    Location fetch = suspect.point().get().fetch();
    for (Location end : suspect.path().ends()) {
      long behind = fetch.address() - end.address();
      if (end.space() == fetch.space() && behind >= 0 && behind < RUNAWAY_BYTES) {
        return Optional.of(
            Finding.of(
                Cause.RUNAWAY_BATCH,
                Confidence.HIGH,
                "the batch reaches the end of its buffer at %s without MI_BATCH_BUFFER_END"
                    .formatted(end),
                "ACTHD is %d bytes behind that end".formatted(behind)));
      }
    }
    boolean batchesKnown =
        suspect.path().complete()
            && suspect.path().commands().stream().anyMatch(read -> read.level() > 0);
    if (!batchesKnown || suspect.stream().memory().bufferAt(fetch).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            Cause.RUNAWAY_BATCH,
            Confidence.MEDIUM,
            "ACTHD %s lies in no captured buffer, though every batch was captured"
                .formatted(fetch)));
  }
}

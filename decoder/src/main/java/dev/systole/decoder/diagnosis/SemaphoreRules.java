package dev.systole.decoder.diagnosis;

import dev.systole.decoder.command.Hex;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.MemoryWrite;
import dev.systole.decoder.command.SemaphoreWait;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Engines that wait at an MI_SEMAPHORE_WAIT (gen12-commands.md 7.4, rules 4, 5 and 19). */
final class SemaphoreRules {
  /** Offset of the preemption semaphore in the engine's status page (i915-kernel.md 4.5). */
  private static final int PREEMPT_SEMAPHORE = 0xc8;

  private SemaphoreRules() {}

  static Optional<Finding> registerPoll(EngineCase suspect) {
    return waiting(suspect).filter(SemaphoreWait::pollsRegister).map(wait -> poll(suspect, wait));
  }

  private static Finding poll(EngineCase suspect, SemaphoreWait wait) {
    int offset = (int) wait.location().address();
    String register =
        suspect.stream().registerName(offset, false).orElseGet(() -> Hex.dword(offset));
    return Finding.of(
        Cause.REGISTER_NOT_READY,
        Confidence.HIGH,
        "it waits until register %s is %s %d".formatted(register, wait.comparison(), wait.data()));
  }

  static Optional<Finding> memoryWait(EngineCase suspect) {
    return waiting(suspect).map(wait -> memory(suspect, wait));
  }

  private static Optional<SemaphoreWait> waiting(EngineCase suspect) {
    return suspect.command().filter(SemaphoreWait.class::isInstance).map(SemaphoreWait.class::cast);
  }

  private static Finding memory(EngineCase suspect, SemaphoreWait wait) {
    var seen = new ArrayList<String>();
    seen.add(
        "it waits until the dword at %s is %s %s"
            .formatted(wait.location(), wait.comparison(), Hex.dword(wait.data())));
    OptionalInt value = suspect.stream().memory().dword(wait.location());
    value.ifPresent(dword -> seen.add("memory holds %s there".formatted(Hex.dword(dword))));
    Finding finding;
    if (isPreemptSemaphore(suspect, wait.location())) {
      finding =
          Finding.of(
              Cause.PARKED_BY_DRIVER,
              Confidence.HIGH,
              "that is the preemption semaphore in the engine's own status page");
    } else if (value.isPresent() && wait.satisfiedBy(value.getAsInt())) {
      finding = Finding.of(Cause.SEMAPHORE_SIGNAL_MISSED, Confidence.MEDIUM);
    } else {
      finding = unsatisfied(suspect, wait);
    }
    return finding.withEvidenceFirst(seen);
  }

  private static boolean isPreemptSemaphore(EngineCase suspect, Location location) {
    long statusPage = Integer.toUnsignedLong(suspect.register("HWS"));
    return statusPage != 0
        && location.equals(new Location(Space.GGTT, statusPage + PREEMPT_SEMAPHORE));
  }

  /** Who would write there? An engine that has not come to it is who it waits for. */
  private static Finding unsatisfied(EngineCase suspect, SemaphoreWait wait) {
    for (EngineStream engine : suspect.engines()) {
      Optional<CommandRead> writer = pendingWriter(suspect.path(engine), wait);
      if (writer.isPresent()) return pending(suspect, engine, writer.get());
    }
    for (EngineStream engine : suspect.engines()) {
      if (engine != suspect.stream() && writesAt(suspect.path(engine), wait.location())) {
        return waitsFor(engine, "%s writes to that address".formatted(engine.name()));
      }
    }
    return Finding.of(
        Cause.SEMAPHORE_NOT_SIGNALLED,
        suspect.path().complete() ? Confidence.HIGH : Confidence.MEDIUM,
        "no store, flush or breadcrumb in the captured commands of any engine writes that");
  }

  private static Finding pending(EngineCase suspect, EngineStream engine, CommandRead writer) {
    String where =
        "%s at %s of %s would write it"
            .formatted(writer.command().name(), writer.location(), engine.name());
    return engine == suspect.stream()
        ? Finding.of(
            Cause.SEMAPHORE_NOT_SIGNALLED,
            Confidence.HIGH,
            where + ", which comes only behind the wait: it waits for itself")
        : waitsFor(engine, where);
  }

  private static Finding waitsFor(EngineStream engine, String evidence) {
    Finding finding = Finding.of(Cause.WAITS_FOR_ENGINE, Confidence.HIGH, evidence);
    String there =
        engine
            .point()
            .map(point -> engine.name() + " stands at " + HungCommand.of(point))
            .orElse(engine.name() + " has not come to it");
    return finding
        .and(engine.state().hung() ? there + " and hangs itself" : there)
        .withNextFirst("look at " + engine.name());
  }

  private static Optional<CommandRead> pendingWriter(CommandPath path, SemaphoreWait wait) {
    List<CommandRead> commands = path.commands();
    return IntStream.range(Math.max(0, path.point()), commands.size())
        .mapToObj(commands::get)
        .filter(read -> writtenTo(wait.location(), read).stream().anyMatch(wait::satisfiedBy))
        .findFirst();
  }

  private static boolean writesAt(CommandPath path, Location location) {
    return path.commands().stream().anyMatch(read -> writtenTo(location, read).isPresent());
  }

  private static OptionalInt writtenTo(Location location, CommandRead read) {
    return read.command() instanceof MemoryWrite write
        ? write.writtenTo(location)
        : OptionalInt.empty();
  }
}

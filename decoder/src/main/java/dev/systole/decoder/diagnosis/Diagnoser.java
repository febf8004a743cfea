package dev.systole.decoder.diagnosis;

import dev.systole.decoder.Decoding;
import dev.systole.decoder.command.Hex;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.ExecutionPoint;
import dev.systole.errorstate.ActiveContext;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries the rules on the engines of a dump. */
final class Diagnoser {
  /** In the order of gen12-commands.md 7.4: the first one that applies decides. */
  private static final List<Rule> RULES =
      List.of(
          FaultRule::pageFault,
          CompletionRules::completionLost,
          SemaphoreRules::registerPoll,
          SemaphoreRules::memoryWait,
          CompletionRules::neverStarted,
          StreamRules::badOpcode,
          StreamRules::endlessLoop,
          StreamRules::runaway,
          WorkRules::shader,
          WorkRules::pixelBackEnd,
          WorkRules::fixedFunction,
          WorkRules::blit,
          WorkRules::video,
          WorkRules::flush,
          WorkRules::draw,
          WorkRules::stopped);

  /** How often the kernel may reset for a context before it is worth a word. */
  private static final int MANY_HANGS = 3;

  private final Decoding decoding;
  private final ErrorState dump;
  private final Map<EngineStream, CommandPath> paths = new IdentityHashMap<>();

  Diagnoser(Decoding decoding) {
    this.decoding = decoding;
    dump = decoding.dump();
    for (EngineStream engine : decoding.engines()) paths.put(engine, CommandPath.of(engine));
  }

  Diagnosis diagnose() {
    var hung = new ArrayList<EngineDiagnosis>();
    var waiting = new ArrayList<EngineDiagnosis>();
    for (EngineStream engine : decoding.engines()) {
      EngineDiagnosis diagnosis = diagnose(engine);
      if (engine.state().hung()) hung.add(diagnosis);
      else if (diagnosis.cause() == Cause.WAITS_FOR_ENGINE) waiting.add(diagnosis);
    }
    hung.sort(Comparator.comparing(EngineDiagnosis::innocent));
    return new Diagnosis(hung, waiting, notes());
  }

  private EngineDiagnosis diagnose(EngineStream engine) {
    var suspect = new EngineCase(decoding, engine, paths);
    Finding finding =
        RULES.stream()
            .flatMap(rule -> rule.examine(suspect).stream())
            .findFirst()
            .orElseGet(() -> Finding.of(Cause.UNEXPLAINED, Confidence.LOW));
    Confidence confidence = trusted() ? finding.confidence() : Confidence.LOW;
    return new EngineDiagnosis(
        engine.name(),
        engine.state().context().map(ActiveContext::process).filter(owner -> owner.pid() != 0),
        engine.point().map(HungCommand::of),
        finding.cause(),
        confidence,
        Stream.concat(finding.evidence().stream(), circumstances(engine)).toList(),
        finding.next());
  }

  /** What holds for every hang: where the engine stood, and whether its context hung before. */
  private static Stream<String> circumstances(EngineStream engine) {
    Optional<String> place = engine.point().map(Diagnoser::place);
    Optional<String> other =
        engine
            .point()
            .flatMap(ExecutionPoint::other)
            .map(
                read ->
                    "the equal command at %s could be meant as well".formatted(read.location()));
    Optional<String> record =
        engine
            .state()
            .context()
            .filter(context -> context.guilty() >= MANY_HANGS)
            .map(context -> "the context was found guilty " + context.guilty() + " times");
    return Stream.of(place, other, record).flatMap(Optional::stream);
  }

  private static String place(ExecutionPoint point) {
    String where =
        point
            .command()
            .map(read -> " at %s in the %s".formatted(read.location(), level(read.level())))
            .orElse("");
    return "IPEHR %s is %s%s; ACTHD %s is %s"
        .formatted(
            Hex.dword(point.header()),
            point.name(),
            where,
            Hex.address(point.fetch().address()),
            point.relation());
  }

  private static String level(int level) {
    return switch (level) {
      case 0 -> "ring";
      case 1 -> "batch";
      case 2 -> "second-level batch";
      default -> "batch of level " + level;
    };
  }

  private List<String> notes() {
    var notes = new ArrayList<String>();
    if (dump.liveSnapshot()) {
      notes.add("nothing hung: this is a snapshot of a running GPU");
    } else if (dump.engines().stream().noneMatch(EngineState::hung)) {
      notes.add("a hang was reported, but the file holds no engine that hung");
    }
    dump.engines().stream()
        .filter(engine -> decoding.engine(engine.name()).isEmpty())
        .forEach(engine -> notes.add("engine " + engine.name() + " is of no known class"));
    if (!trusted()) {
      notes.add("the GPU slept when its registers were read; their values cannot be trusted");
    }
    dump.damages().forEach(damage -> notes.add(damage.toString()));
    return notes;
  }

  /** Registers of a sleeping GPU read as zeros or ones (gen12-commands.md 7.4, rule 20). */
  private boolean trusted() {
    return !dump.property("RPM wakelock").equals(Optional.of("no"));
  }
}

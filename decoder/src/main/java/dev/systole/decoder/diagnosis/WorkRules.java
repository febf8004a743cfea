package dev.systole.decoder.diagnosis;

import dev.systole.decoder.command.Command;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Work that does not finish, told by the units that are busy (gen12-commands.md 7.1 and 7.4, rules
 * 9 to 15).
 */
final class WorkRules {
  private static final Set<String> BACK_END =
      Set.of(
          "WMFE", "WMBE", "HIZ", "IZBE", "IZFE", "SBE", "RCC", "RCPBE", "RCPFE", "DAPB", "DAPRBE");

  private static final Set<String> GEOMETRY =
      Set.of("VFG", "VS", "HS", "TE", "DS", "GS", "SOL", "CL", "SF", "URBM", "SVG");

  private static final int BLIT_COMMAND_TYPE = 2;

  private WorkRules() {}

  static Optional<Finding> shader(EngineCase suspect) {
    if (!isRenderWork(suspect)) return Optional.empty();
    List<String> executionUnits =
        rowUnits(suspect).stream().filter(unit -> unit.startsWith("EU")).toList();
    if (executionUnits.isEmpty()) return Optional.empty();
    Finding finding =
        Finding.of(
            Cause.SHADER_NOT_FINISHING,
            Confidence.HIGH,
            "execution units still run threads (ROW_INSTDONE): "
                + String.join(", ", executionUnits));
    return Optional.of(withLastDraw(suspect, finding));
  }

  static Optional<Finding> pixelBackEnd(EngineCase suspect) {
    return render(suspect, Cause.PIXEL_BACK_END_STALL, "SC_INSTDONE", "SC_INSTDONE", BACK_END);
  }

  static Optional<Finding> fixedFunction(EngineCase suspect) {
    return render(suspect, Cause.FIXED_FUNCTION_STALL, "INSTDONE", "INSTDONE_1", GEOMETRY);
  }

  private static Optional<Finding> render(
      EngineCase suspect, Cause cause, String dumpName, String specName, Set<String> units) {
    if (!isRenderWork(suspect)) return Optional.empty();
    List<String> busy =
        suspect.busyUnits(dumpName, specName).stream().filter(units::contains).toList();
    if (busy.isEmpty()) return Optional.empty();
    Finding finding =
        Finding.of(
            cause,
            Confidence.MEDIUM,
            "%s shows as busy: %s".formatted(dumpName, String.join(", ", busy)));
    return Optional.of(withLastDraw(suspect, finding));
  }

  static Optional<Finding> blit(EngineCase suspect) {
    boolean blit =
        suspect.engineClass() == EngineClass.COPY
            && suspect.point().isPresent()
            && (suspect.point().get().header() >>> 29 == BLIT_COMMAND_TYPE || isFlush(suspect));
    if (!blit) return Optional.empty();
    Finding finding =
        Finding.of(Cause.BLIT_STUCK, Confidence.MEDIUM, busy(suspect, "BCS_INSTDONE"));
    return Optional.of(
        isFlush(suspect)
            ? suspect
                .lastBefore(command -> command.header() >>> 29 == BLIT_COMMAND_TYPE)
                .map(last -> finding.and("the last blit before it is " + at(last)))
                .orElse(finding)
            : finding);
  }

  static Optional<Finding> video(EngineCase suspect) {
    boolean codec = suspect.engineClass() == EngineClass.VIDEO;
    boolean enhance = suspect.engineClass() == EngineClass.VIDEO_ENHANCE;
    boolean work = suspect.point().isPresent() && suspect.point().get().header() >>> 29 == 3;
    if (!codec && !enhance || !work && !isFlush(suspect)) return Optional.empty();
    return Optional.of(
        Finding.of(
            codec ? Cause.CODEC_STUCK : Cause.VIDEO_ENHANCE_STUCK,
            Confidence.MEDIUM,
            codec ? busy(suspect, "VCS_INSTDONE") : "the pipe works on a command of its own"));
  }

  static Optional<Finding> flush(EngineCase suspect) {
    if (!isFlush(suspect)) return Optional.empty();
    String units =
        suspect.engineClass() == EngineClass.RENDER
            ? busy(suspect, "INSTDONE_1")
            : "the engine does not report itself idle";
    return Optional.of(
        withLastDraw(suspect, Finding.of(Cause.FLUSH_NOT_RETIRING, Confidence.MEDIUM, units)));
  }

  static Optional<Finding> draw(EngineCase suspect) {
    if (!isDraw(suspect.commandName())) return Optional.empty();
    return Optional.of(
        Finding.of(Cause.DRAW_NOT_FINISHING, Confidence.LOW, busy(suspect, "INSTDONE_1")));
  }

  /** Anything else is done as soon as it is read. */
  static Optional<Finding> stopped(EngineCase suspect) {
    if (suspect.command().isEmpty()) return Optional.empty();
    return Optional.of(
        Finding.of(
            Cause.ENGINE_STOPPED,
            Confidence.MEDIUM,
            "%s does nothing that could take long".formatted(suspect.commandName())));
  }

  private static boolean isRenderWork(EngineCase suspect) {
    return suspect.engineClass() != EngineClass.COPY
        && (isFlush(suspect) || isDraw(suspect.commandName()));
  }

  private static boolean isFlush(EngineCase suspect) {
    return suspect.commandName().equals("PIPE_CONTROL")
        || suspect.commandName().equals("MI_FLUSH_DW");
  }

  private static boolean isDraw(String command) {
    return command.startsWith("3DPRIMITIVE")
        || command.startsWith("MEDIA_OBJECT")
        || command.endsWith("_WALKER");
  }

  private static Finding withLastDraw(EngineCase suspect, Finding finding) {
    if (!isFlush(suspect)) return finding;
    return suspect
        .lastBefore(command -> isDraw(command.name()))
        .map(last -> finding.and("the last draw or dispatch before it is " + at(last)))
        .orElse(finding);
  }

  private static String at(CommandRead read) {
    Command command = read.command();
    return command.name() + " at " + read.location();
  }

  private static String busy(EngineCase suspect, String specName) {
    List<String> units = suspect.busyUnits("INSTDONE", specName);
    return units.isEmpty()
        ? "INSTDONE shows no unit as busy"
        : "INSTDONE shows as busy: " + String.join(", ", units);
  }

  /** The busy units of all rows, by their names. */
  private static List<String> rowUnits(EngineCase suspect) {
    var units = new TreeSet<String>();
    for (String name : suspect.state().registers().values().keySet()) {
      if (name.startsWith("ROW_INSTDONE")) units.addAll(suspect.busyUnits(name, "ROW_INSTDONE"));
    }
    return new ArrayList<>(units);
  }
}

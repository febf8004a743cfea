package dev.systole.shell;

import dev.systole.shell.cli.Verb;
import dev.systole.shell.verb.DecodeVerb;
import dev.systole.shell.verb.DemoVerb;
import dev.systole.shell.verb.DiagnoseVerb;
import dev.systole.shell.verb.ListVerb;
import dev.systole.shell.verb.RecordVerb;
import dev.systole.shell.verb.ReplayVerb;
import dev.systole.shell.verb.ShellVerb;
import dev.systole.shell.verb.TestVerb;
import dev.systole.shell.verb.TimelineVerb;
import dev.systole.shell.verb.VersionVerb;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The verbs, in the order in which help lists them. */
enum Verbs {
  DEMO("see it work: record, replay, hang, explain", DemoVerb::new),
  RECORD("run a workload and record it", RecordVerb::new),
  REPLAY("run a trace again, with faults if you like", ReplayVerb::new),
  TEST("compare golden traces with what was approved", TestVerb::new),
  DECODE("print rings and batches, the hang marked", DecodeVerb::new),
  DIAGNOSE("say why the GPU hung", DiagnoseVerb::new),
  SHELL("look around in an error state or a trace", ShellVerb::new),
  TIMELINE("print what happened when", TimelineVerb::new),
  LIST("list what there is: platforms, faults, commands, registers", ListVerb::new),
  VERSION("print the version", VersionVerb::new);

  private final String summary;
  private final Supplier<Verb> factory;

  Verbs(String summary, Supplier<Verb> factory) {
    this.summary = summary;
    this.factory = factory;
  }

  static Optional<Verbs> named(String name) {
    return Arrays.stream(values()).filter(verb -> verb.verbName().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Verbs::verbName).toList();
  }

  String verbName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String summary() {
    return summary;
  }

  Verb create() {
    return factory.get();
  }
}

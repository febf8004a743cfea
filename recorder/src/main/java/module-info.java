/** Assembles a machine, holds the workload library, and turns door traffic into a trace. */
module dev.systole.recorder {
  requires transitive dev.systole.driver;
  requires transitive dev.systole.trace;
}

/** Assembles a machine, holds the workload library, and turns door traffic into a trace. */
module dev.systole.recorder {
  requires transitive dev.systole.driver;
  requires transitive dev.systole.trace;

  exports dev.systole.recorder;
  exports dev.systole.recorder.call;
  exports dev.systole.recorder.probe;
  exports dev.systole.recorder.workload;
}

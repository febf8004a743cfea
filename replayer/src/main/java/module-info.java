/** Re-execution, divergence, injection, golden tests. */
module dev.systole.replayer {
  requires transitive dev.systole.recorder;
  requires transitive dev.systole.decoder;
  requires transitive dev.systole.timeline;

  exports dev.systole.replayer;
  exports dev.systole.replayer.golden;
  exports dev.systole.replayer.snapshot;
}

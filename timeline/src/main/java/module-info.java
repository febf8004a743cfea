/** Heartbeat and reset timelines, from a trace or an error state. */
module dev.systole.timeline {
  requires transitive dev.systole.trace;
  requires transitive dev.systole.errorstate;

  exports dev.systole.timeline;
}

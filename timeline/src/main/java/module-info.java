/** Heartbeat and reset timelines, from a trace. */
module dev.systole.timeline {
  requires transitive dev.systole.trace;

  exports dev.systole.timeline;
}

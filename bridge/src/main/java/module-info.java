/** Other people's formats in and out. */
module dev.systole.bridge {
  requires transitive dev.systole.decoder;
  requires transitive dev.systole.gpu;

  exports dev.systole.bridge.aub;
  exports dev.systole.bridge.errorstate;
  exports dev.systole.bridge.machine;
}

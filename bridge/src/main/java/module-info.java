/** Other people's formats in and out. */
module dev.systole.bridge {
  requires transitive dev.systole.decoder;
  requires transitive dev.systole.gpu;

  exports dev.systole.bridge.aub;
}

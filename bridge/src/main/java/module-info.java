/** Other people's formats in and out. */
module dev.systole.bridge {
  requires transitive dev.systole.decoder;

  exports dev.systole.bridge.aub;
}

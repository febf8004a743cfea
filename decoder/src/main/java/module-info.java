/** Names and fields of commands, state and registers; batch and ring decoding; diagnosis. */
module dev.systole.decoder {
  requires transitive dev.systole.spec;
  requires transitive dev.systole.errorstate;
}

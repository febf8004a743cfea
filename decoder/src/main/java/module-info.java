/** Names and fields of commands, state and registers; batch and ring decoding; diagnosis. */
module dev.systole.decoder {
  requires transitive dev.systole.spec;
  requires transitive dev.systole.errorstate;
  requires com.fasterxml.jackson.core;

  exports dev.systole.decoder;
  exports dev.systole.decoder.command;
  exports dev.systole.decoder.diagnosis;
  exports dev.systole.decoder.stream;
}

/** What a crash leaves behind, as data: model, readers and writers. */
module dev.systole.errorstate {
  exports dev.systole.errorstate;
  exports dev.systole.errorstate.text;
}

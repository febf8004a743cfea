/** The command line and the interactive shell. */
module dev.systole.shell {
  requires transitive dev.systole.replayer;
}

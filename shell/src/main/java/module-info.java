/** The command line and the interactive shell. */
module dev.systole.shell {
  requires dev.systole.bridge;
  requires dev.systole.replayer;
  requires info.picocli;
  requires com.fasterxml.jackson.core;
  requires org.jline;

  opens dev.systole.shell.cli to
      info.picocli;
  opens dev.systole.shell.verb to
      info.picocli;
}

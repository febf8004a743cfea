/** The command line and the interactive shell. */
package dev.systole.shell;

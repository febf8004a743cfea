/**
 * The interactive shell: a {@link dev.systole.shell.console.Console} runs lines of commands on a
 * {@link dev.systole.shell.console.Subject}, an opened error state or trace. Each command is a
 * small class behind {@link dev.systole.shell.console.ConsoleCommand}. Where the lines come from, a
 * terminal, a script or an option, makes no difference to them; only {@link
 * dev.systole.shell.console.InteractiveSession} opens a terminal.
 */
package dev.systole.shell.console;

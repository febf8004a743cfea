/**
 * Commands as the engines read them. A {@link dev.systole.decoder.command.Command} is bound to the
 * {@link dev.systole.decoder.command.Dwords} it was read from and looks its fields up there when
 * asked; those dwords are also its encoding. What a command consists of comes from the spec, so
 * that most are a {@link dev.systole.decoder.command.PlainCommand}; a kind of its own have only
 * those whose behaviour the decoder must understand: jumps, waits, writes to memory. An {@link
 * dev.systole.decoder.command.UnknownCommand} keeps its dwords.
 */
package dev.systole.decoder.command;

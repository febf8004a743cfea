/**
 * What every verb shares: its options and streams ({@link dev.systole.shell.cli.Verb}), exit codes,
 * input that may be gzipped or standard input, output that appears under its final name only when
 * it is whole, errors of one line, and suggestions for misspelt names.
 */
package dev.systole.shell.cli;

/** The verbs of the command line, one class each. */
package dev.systole.shell.verb;

/**
 * The command line, {@code systole VERB [options] [files]}. {@link dev.systole.shell.Main} finds
 * the verb in {@link dev.systole.shell.Verbs}, which creates only the one that was asked for, since
 * every class not loaded is time saved at start. What all verbs share is in {@code cli}; each verb
 * is a class in {@code verb}.
 */
package dev.systole.shell;

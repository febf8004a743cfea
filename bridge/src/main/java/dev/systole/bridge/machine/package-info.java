/**
 * A simulated GPU for what other people's files hold: woken and ready for submissions, run until
 * nothing happens any more, and asked what became of them.
 */
package dev.systole.bridge.machine;

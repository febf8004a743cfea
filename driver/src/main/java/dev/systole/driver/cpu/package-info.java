/**
 * The processor on which the driver stack runs: one CPU, cooperative, in virtual time. Threads are
 * plain blocking Java on virtual threads that pass a baton, one running at a time; interrupts, DPCs
 * and timers run between them, in the order of their times, and never block. When nothing can run,
 * time jumps to whatever happens next, in hardware or in software.
 *
 * <p>This is the only package of the stack that knows that Java has threads.
 */
package dev.systole.driver.cpu;

/**
 * Error states put before a simulated GPU: the captured buffers at their GPU addresses, and the
 * batch from its start, to see whether its commands alone explain the hang. {@link
 * dev.systole.bridge.errorstate.ErrorStateMachine} does it for one engine of a dump and says what
 * became of the batch and which memory it touched that the dump does not hold.
 */
package dev.systole.bridge.errorstate;

/**
 * Faults: what can be made to go wrong in the hardware, how that is written, and the plan of a run.
 * Software is never touched: it answers with its real recovery.
 */
package dev.systole.gpu.fault;

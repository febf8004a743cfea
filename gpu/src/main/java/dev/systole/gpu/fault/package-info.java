/**
 * Faults: what can be made to go wrong in the hardware, how that is written, and the plan of a run.
 * {@link dev.systole.gpu.fault.FaultKind} is the table of them all; what each does is done where
 * the hardware does it. Software is never touched: it answers with its real recovery.
 */
package dev.systole.gpu.fault;

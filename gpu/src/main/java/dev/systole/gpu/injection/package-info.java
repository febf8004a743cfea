/**
 * Injection: when the faults of a run's plan fire. The parts of the device ask, and do what a fault
 * does; without faults there is nothing to ask.
 */
package dev.systole.gpu.injection;

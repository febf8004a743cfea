/**
 * Power (i915-kernel.md 5.4 and part 7): wells that software keeps awake, the clock of the engines,
 * and what follows from who is busy: RC6, the notices of RPS, and energy. Residency, evaluation
 * intervals and energy are arithmetic on the virtual time and cost no events.
 */
package dev.systole.gpu.power;

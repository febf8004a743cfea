/**
 * Submission by execution lists: which requests stand in the two ports of an engine, when another
 * takes their place, and what the context status buffer tells about it (i915:
 * intel_execlists_submission.c; i915-kernel.md 2.5, 4.1, 4.2).
 */
package dev.systole.driver.core.execlists;

/**
 * What a hang leaves behind: registers and memory as they were, read through the bus door into the
 * model of {@link dev.systole.errorstate.Capture} (i915-kernel.md part 1).
 */
package dev.systole.driver.core.capture;

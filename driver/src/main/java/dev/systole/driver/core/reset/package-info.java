/**
 * Recovery: the reset of an engine, of the GT when that fails, who is to blame, and giving up
 * (i915-kernel.md part 3).
 */
package dev.systole.driver.core.reset;

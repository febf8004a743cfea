/** Hang detection by heartbeats (i915-kernel.md part 2). */
package dev.systole.driver.core.heartbeat;

/**
 * The GT: register access with forcewake, interrupts, what engines have in common and what tells
 * them apart, and the kernel's log.
 */
package dev.systole.driver.core.gt;

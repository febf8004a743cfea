/**
 * Memory: pages of system memory by bus address, the global translation table (GGTT) and the format
 * of the page tables (i915-kernel.md part 6).
 */
package dev.systole.driver.core.mm;

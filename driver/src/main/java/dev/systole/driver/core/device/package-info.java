/**
 * The device: finds it, sets it up, puts the rooms of the core together, and takes it down again
 * (i915: i915_driver.c, intel_gt.c). {@link dev.systole.driver.core.device.I915Core} is what the
 * outside creates.
 */
package dev.systole.driver.core.device;

/**
 * The kernel-mode driver as Windows sees it: a render-only WDDM 2.0 miniport that turns DDI calls
 * into calls of the i915-style core below it, and what the core tells into callbacks. {@link
 * dev.systole.driver.miniport.Miniport} is the image; the hardware belongs to the core.
 */
package dev.systole.driver.miniport;

/**
 * Requests and what they are made of: a {@link dev.systole.driver.core.request.GpuContext} with its
 * ring, register image and timeline, the commands that surround a batch in the ring, priorities,
 * and the breadcrumbs by which completion is seen (i915-kernel.md 2.1, 4.3, 4.4).
 */
package dev.systole.driver.core.request;

/**
 * The kernel-mode core below every front end, built as i915 is: contexts, requests and their
 * breadcrumbs, execlists submission, heartbeat, error capture and reset. It alone holds the {@link
 * dev.systole.gpu.pci.PciFunction}.
 *
 * <p>A front end (the WDDM miniport, later DRM) sees the interfaces of this package: a {@link
 * dev.systole.driver.core.GpuCore} gives it memory, page-table entries and {@link
 * dev.systole.driver.core.CoreContext}s; a context takes batches and tells a {@link
 * dev.systole.driver.core.CompletionListener} when each is done.
 */
package dev.systole.driver.core;

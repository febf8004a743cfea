/**
 * VidSch: packets wait in the queue of their context until the node has room for them, in order;
 * every packet that goes to the hardware gets the node's next fence id, and the interrupt that
 * reports the id completes it. Monitored fences are signalled when the packet before the signal is
 * done, and packets behind a wait are held back in software (wddm.md 4.4).
 *
 * <p>Everything but a wait for a fence may be called at DISPATCH_LEVEL.
 */
package dev.systole.driver.dxgk.vidsch;

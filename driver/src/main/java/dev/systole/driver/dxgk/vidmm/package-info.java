/**
 * VidMm: where allocations live, what addresses they have, and the paging operations that make it
 * so. A worker thread takes the operations of all paging queues in order, has the driver build
 * paging buffers from them, runs these on the paging node and then signals the queue's fence
 * (wddm.md part 3).
 *
 * <p>Page tables lie in the memory segment. The paging process sees that whole segment through a
 * window, so that the GPU itself writes the page tables of everybody; only the tables of the paging
 * process are initialised by the CPU, at start-up.
 */
package dev.systole.driver.dxgk.vidmm;

/**
 * The DMA remapping unit that stands between the device and system memory (VT-d). Software programs
 * it through registers of its own and tables in memory: a root entry for the bus leads to a context
 * entry for the function, which names a domain and its second-level page table. Until translation
 * is enabled everything passes.
 *
 * <p>All DMA of the device goes through: reads and writes of its engines, walks of its page tables,
 * fetches of its display. What the domain does not permit reads as ones, is lost when it was to be
 * written, and leaves a record of the fault.
 */
package dev.systole.gpu.iommu;

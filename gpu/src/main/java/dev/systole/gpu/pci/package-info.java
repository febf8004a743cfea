/**
 * The GPU as its driver sees it: a PCI function with registers, memory that it reaches by DMA, and
 * an interrupt line. {@link dev.systole.gpu.pci.PciFunction} is the bus door and {@link
 * dev.systole.gpu.pci.InterruptLine} the wake door; whoever wants to watch or change what crosses
 * them stands between as a decorator.
 */
package dev.systole.gpu.pci;

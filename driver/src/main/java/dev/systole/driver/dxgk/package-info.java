/**
 * The Windows kernel side: Dxgkrnl with its adapter, processes and their objects. Above it is the
 * app door, below it the DDI door; {@link dev.systole.driver.dxgk.WindowsStack} puts the layers
 * together and lets others stand in the doors. Memory is the affair of {@code vidmm}, order that of
 * {@code vidsch}.
 *
 * <p>An application's mistake gets an NTSTATUS; a mistake of Dxgkrnl or of the driver is a bug
 * check: an {@link java.lang.IllegalStateException} that names its code.
 */
package dev.systole.driver.dxgk;

/**
 * The DDI door: {@link dev.systole.driver.ddi.DdiDoor} takes the {@code DxgkDdi…} calls from
 * Dxgkrnl into the kernel-mode driver, {@link dev.systole.driver.ddi.CallbackDoor} the {@code
 * DxgkCb…} callbacks the other way. A call is named as in the WDK without its prefix; its
 * components are the in-arguments in the WDK's order (wddm.md 1.12), its {@code Return} holds the
 * status and the out-arguments.
 *
 * <p>Where the WDK passes pointers: a buffer with a size is a {@link dev.systole.driver.door.Blob},
 * an array a list, an object a {@link dev.systole.driver.door.KernelHandle}. Memory that the driver
 * really writes to (a DMA buffer, a page table) is named by its kernel address; the model's kernel
 * sees all of memory at its bus addresses.
 *
 * <p>There are the calls of the path from DriverEntry to Unload of a render-only driver. A call has
 * the number of its slot in DRIVER_INITIALIZATION_DATA.
 */
package dev.systole.driver.ddi;

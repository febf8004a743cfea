/**
 * The app door: {@link dev.systole.driver.app.AppDoor} is all that an application's process sees of
 * the kernel. Thunks ({@code D3DKMT…}) are records named as in the WDK without their prefix, with
 * the in-arguments in its order; memory that the process has mapped is read and written with
 * primitives, since that is how command buffers are filled.
 *
 * <p>A call of a process names only objects of that process. Threads wait for each other and for
 * the GPU by the calls of this door alone.
 */
package dev.systole.driver.app;

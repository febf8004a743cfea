/**
 * The user-mode driver, and the API that applications are written against: a {@link
 * dev.systole.driver.umd.UserModeDevice} makes buffers, fences and contexts; a {@link
 * dev.systole.driver.umd.CommandBuffer} is filled with Gen12 commands, in memory that the GPU
 * reads; a context submits it. Below it there is only the app door.
 *
 * <p>Whatever fails throws {@link dev.systole.driver.umd.GpuException}; when the device is in
 * error, {@link dev.systole.driver.umd.DeviceRemovedException}.
 */
package dev.systole.driver.umd;

package dev.systole.driver.ddi;

import dev.systole.driver.door.Call;

/** A callback from the kernel-mode driver into Dxgkrnl ({@code DxgkCb…}). */
public sealed interface DxgkCallback<R extends CallbackReturn> extends Call<R>
    permits DxgkInitialize, GetDeviceInformation, NotifyDpc, NotifyInterrupt, QueueDpc {}

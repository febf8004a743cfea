package dev.systole.driver.app;

import dev.systole.driver.door.Call;

/** A thunk: a call from an application's process into Dxgkrnl. */
public sealed interface AppCall<R extends AppReturn> extends Call<R>
    permits CloseAdapter,
        CreateAllocation2,
        CreateContextVirtual,
        CreateDevice,
        CreatePagingQueue,
        CreateSynchronizationObject2,
        DestroyAllocation2,
        DestroyContext,
        DestroyDevice,
        DestroyPagingQueue,
        DestroySynchronizationObject,
        Evict,
        FreeGpuVirtualAddress,
        GetDeviceState,
        Lock2,
        MakeResident,
        MapGpuVirtualAddress,
        OpenAdapterFromLuid,
        QueryAdapterInfo,
        SignalSynchronizationObjectFromCpu,
        SignalSynchronizationObjectFromGpu,
        SubmitCommand,
        Unlock2,
        WaitForSynchronizationObjectFromCpu,
        WaitForSynchronizationObjectFromGpu {}

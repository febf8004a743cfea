package dev.systole.driver.ddi;

import dev.systole.driver.door.Call;

/** A call from Dxgkrnl into the kernel-mode driver. */
public sealed interface DdiCall<R extends DdiReturn> extends Call<R>
    permits AddDevice,
        BuildPagingBuffer,
        CloseAllocation,
        CreateAllocation,
        CreateContext,
        CreateDevice,
        CreateProcess,
        DestroyAllocation,
        DestroyContext,
        DestroyDevice,
        DestroyProcess,
        DpcRoutine,
        DriverEntry,
        GetNodeMetadata,
        GetRootPageTableSize,
        InterruptRoutine,
        OpenAllocation,
        QueryAdapterInfo,
        RemoveDevice,
        SetRootPageTable,
        StartDevice,
        StopDevice,
        SubmitCommandVirtual,
        Unload {

  /**
   * Number of the call's slot in DRIVER_INITIALIZATION_DATA (wddm.md 1.15).
   *
   * @throws IllegalArgumentException for a call that has none
   */
  static int slot(Class<? extends DdiCall<?>> call) {
    Slot slot = call.getAnnotation(Slot.class);
    if (slot == null) throw new IllegalArgumentException(call.getSimpleName() + " has no slot");
    return slot.value();
  }
}

package dev.systole.driver.ddi;

import dev.systole.driver.door.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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

  /** The slots of all calls in DRIVER_INITIALIZATION_DATA, ascending (wddm.md 1.15). */
  static List<Integer> slots() {
    return Arrays.stream(DdiCall.class.getPermittedSubclasses())
        .map(call -> call.getAnnotation(Slot.class))
        .filter(Objects::nonNull)
        .map(Slot::value)
        .sorted()
        .toList();
  }
}

package dev.systole.driver.miniport;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.CloseAllocation;
import dev.systole.driver.ddi.CreateAllocation;
import dev.systole.driver.ddi.DestroyAllocation;
import dev.systole.driver.ddi.OpenAllocation;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.HandleMaker;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.door.Structure;
import dev.systole.driver.vendor.AllocationRequest;
import java.util.ArrayList;
import java.util.List;

/** Says how large allocations are and where they live, and names them. */
final class Allocations {
  private static final long BYTES_MAX = GraphicsMemory.APERTURE_BYTES;

  private final HandleMaker handles;
  private final ObjectTable<KernelHandle.KmdAllocation, AllocationRequest> allocations =
      new ObjectTable<>();
  private final ObjectTable<KernelHandle.KmdOpenAllocation, KernelHandle.KmdAllocation> opened =
      new ObjectTable<>();

  Allocations(HandleMaker handles) {
    this.handles = handles;
  }

  /** All of them, or, when one request makes no sense, none. */
  CreateAllocation.Return create(CreateAllocation call) {
    var requests = new ArrayList<AllocationRequest>();
    for (Blob privateData : call.allocations()) {
      AllocationRequest request;
      try {
        request = Structure.decode(AllocationRequest.class, privateData);
      } catch (IllegalArgumentException e) {
        return new CreateAllocation.Return(NtStatus.INVALID_PARAMETER, List.of());
      }
      if (request.sizeBytes() <= 0 || request.sizeBytes() > BYTES_MAX) {
        return new CreateAllocation.Return(NtStatus.INVALID_PARAMETER, List.of());
      }
      requests.add(request);
    }
    return new CreateAllocation.Return(
        NtStatus.SUCCESS, requests.stream().map(this::create).toList());
  }

  private CreateAllocation.Info create(AllocationRequest request) {
    var handle = new KernelHandle.KmdAllocation(handles.next(HandleMaker.ALLOCATION));
    allocations.put(handle, request);
    int aperture = 1 << GraphicsMemory.APERTURE_SEGMENT - 1;
    int memory = 1 << GraphicsMemory.MEMORY_SEGMENT - 1;
    var flags = new CreateAllocation.Flags(true, false, false, false);
    return switch (request.usage()) {
      case SURFACE ->
          new CreateAllocation.Info(
              handle,
              SystemMemory.PAGE_BYTES,
              request.sizeBytes(),
              GraphicsMemory.MEMORY_SEGMENT,
              memory | aperture,
              flags);
      case COMMANDS ->
          new CreateAllocation.Info(
              handle,
              SystemMemory.PAGE_BYTES,
              request.sizeBytes(),
              GraphicsMemory.APERTURE_SEGMENT,
              aperture,
              flags);
    };
  }

  DestroyAllocation.Return destroy(DestroyAllocation call) {
    call.allocations().forEach(allocations::remove);
    return new DestroyAllocation.Return(NtStatus.SUCCESS);
  }

  OpenAllocation.Return open(OpenAllocation call) {
    var result = new ArrayList<KernelHandle.KmdOpenAllocation>();
    for (KernelHandle.KmdAllocation allocation : call.allocations()) {
      allocations.get(allocation);
      var handle = new KernelHandle.KmdOpenAllocation(handles.next(HandleMaker.OTHER));
      opened.put(handle, allocation);
      result.add(handle);
    }
    return new OpenAllocation.Return(NtStatus.SUCCESS, result);
  }

  CloseAllocation.Return close(CloseAllocation call) {
    call.opened().forEach(opened::remove);
    return new CloseAllocation.Return(NtStatus.SUCCESS);
  }
}

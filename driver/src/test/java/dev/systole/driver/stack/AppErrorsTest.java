package dev.systole.driver.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.systole.driver.app.AccessViolationException;
import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.CreateAllocation2;
import dev.systole.driver.app.CreateContextVirtual;
import dev.systole.driver.app.CreateDevice;
import dev.systole.driver.app.CreatePagingQueue;
import dev.systole.driver.app.CreateSynchronizationObject2;
import dev.systole.driver.app.DestroyDevice;
import dev.systole.driver.app.Evict;
import dev.systole.driver.app.FreeGpuVirtualAddress;
import dev.systole.driver.app.Lock2;
import dev.systole.driver.app.MakeResident;
import dev.systole.driver.app.MapGpuVirtualAddress;
import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.app.SignalSynchronizationObjectFromCpu;
import dev.systole.driver.app.SubmitCommand;
import dev.systole.driver.app.Unlock2;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.door.Structure;
import dev.systole.driver.vendor.AllocationRequest;
import dev.systole.driver.vendor.AllocationRequest.Usage;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an application does wrong gets a status, and disturbs nothing. */
class AppErrorsTest {
  /** An application with a device, as it names things. */
  private record App(AppDoor door, KmtHandle.Adapter adapter, KmtHandle.Device device) {
    NtStatus create(Blob request) {
      return door.call(new CreateAllocation2(device, Blob.EMPTY, List.of(request))).status();
    }

    KmtHandle.Allocation allocate(long bytes) {
      Blob request = Structure.encode(new AllocationRequest(bytes, Usage.SURFACE));
      return door.call(new CreateAllocation2(device, Blob.EMPTY, List.of(request)))
          .allocations()
          .getFirst();
    }

    KmtHandle.PagingQueue pagingQueue() {
      return door.call(new CreatePagingQueue(device)).pagingQueue();
    }
  }

  private static void run(Consumer<App> body) {
    new WindowsMachine()
        .process(
            "app",
            door -> {
              var adapter =
                  door.call(new OpenAdapterFromLuid(OpenAdapterFromLuid.FIRST_ADAPTER)).adapter();
              var device = door.call(new CreateDevice(adapter)).device();
              body.accept(new App(door, adapter, device));
            })
        .finish();
  }

  @Test
  void anUnknownAdapterDoesNotExist() {
    run(
        app ->
            assertEquals(
                NtStatus.DEVICE_DOES_NOT_EXIST,
                app.door().call(new OpenAdapterFromLuid(7)).status()));
  }

  @Test
  void nullStaleAndForeignHandlesAreInvalid() {
    run(
        app -> {
          var none = new KmtHandle.Device(0);
          assertEquals(
              NtStatus.INVALID_HANDLE, app.door().call(new CreatePagingQueue(none)).status());
          var second = app.door().call(new CreateDevice(app.adapter())).device();
          app.door().call(new DestroyDevice(second));
          assertEquals(
              NtStatus.INVALID_HANDLE, app.door().call(new DestroyDevice(second)).status());
          var other = app.door().call(new CreateDevice(app.adapter())).device();
          var allocation = app.allocate(4096);
          assertEquals(
              NtStatus.INVALID_HANDLE, app.door().call(new Lock2(other, allocation)).status());
        });
  }

  @Test
  void allocationsThatMakeNoSenseAreRefused() {
    run(
        app -> {
          assertEquals(NtStatus.INVALID_PARAMETER, app.create(Blob.EMPTY));
          assertEquals(NtStatus.INVALID_PARAMETER, app.create(Blob.ofDwords(4096, 0, 77, 0)));
          for (long bytes : new long[] {0, -1, Long.MAX_VALUE, 1L << 40}) {
            Blob request = Structure.encode(new AllocationRequest(bytes, Usage.SURFACE));
            assertEquals(NtStatus.INVALID_PARAMETER, app.create(request));
          }
        });
  }

  @Test
  void addressesOutsideOfTheAddressSpaceOrTheAllocationAreRefused() {
    run(
        app -> {
          var queue = app.pagingQueue();
          var allocation = app.allocate(8192);
          for (var bad :
              List.of(
                  new MapGpuVirtualAddress(queue, 1, 0, 0, allocation, 0, 1),
                  new MapGpuVirtualAddress(queue, 0, 0, 0, allocation, 0, 3),
                  new MapGpuVirtualAddress(queue, 0, 0, 0, allocation, 1, 2),
                  new MapGpuVirtualAddress(queue, 0, 0, 0, allocation, -1, 1),
                  new MapGpuVirtualAddress(queue, 0, 0, 0, allocation, 0, 0))) {
            assertEquals(NtStatus.INVALID_PARAMETER, app.door().call(bad).status());
          }
          for (var unplaceable :
              List.of(
                  new MapGpuVirtualAddress(queue, 0, Long.MAX_VALUE - 4095, 0, allocation, 0, 1),
                  new MapGpuVirtualAddress(queue, 0, -1, 0, allocation, 0, 1),
                  new MapGpuVirtualAddress(queue, 1L << 60, 0, 0, allocation, 0, 1),
                  new MapGpuVirtualAddress(queue, -4096, 0, 0, allocation, 0, 1))) {
            assertEquals(NtStatus.NO_MEMORY, app.door().call(unplaceable).status());
          }
          assertEquals(
              NtStatus.INVALID_PARAMETER,
              app.door().call(new FreeGpuVirtualAddress(app.adapter(), 0x5000, 4096)).status());
        });
  }

  @Test
  void moreThanThereIsCannotBeResidentAndTheAnswerSaysHowMuchMustGo() {
    run(
        app -> {
          var queue = app.pagingQueue();
          long most = 2L << 30;
          var two = List.of(app.allocate(most), app.allocate(most));
          var refused = app.door().call(new MakeResident(queue, two));
          assertEquals(NtStatus.NO_MEMORY, refused.status());
          long fencePage = 4096;
          long room = (2L << 30) + (16L << 20);
          assertEquals(2 * most + fencePage - room, refused.numBytesToTrim());
        });
  }

  @Test
  void anAllocationCannotBeEvictedMoreOftenThanItWasMadeResident() {
    run(
        app -> {
          var queue = app.pagingQueue();
          var allocation = app.allocate(4096);
          app.door().call(new MakeResident(queue, List.of(allocation)));
          var flags = new Evict.Flags(false);
          assertEquals(
              NtStatus.INVALID_PARAMETER,
              app.door()
                  .call(new Evict(app.device(), List.of(allocation, allocation), flags))
                  .status());
          assertEquals(
              NtStatus.SUCCESS,
              app.door().call(new Evict(app.device(), List.of(allocation), flags)).status());
          assertEquals(
              NtStatus.INVALID_PARAMETER,
              app.door().call(new Evict(app.device(), List.of(allocation), flags)).status());
        });
  }

  @Test
  void submissionsThatAreNotAlignedAndNodesThatDoNotExistAreRefused() {
    run(
        app -> {
          var context =
              app.door().call(new CreateContextVirtual(app.device(), 0, 1, Blob.EMPTY)).context();
          for (int bytes : new int[] {0, -8, 12}) {
            assertEquals(
                NtStatus.INVALID_PARAMETER,
                app.door().call(new SubmitCommand(context, 0x1_0000, bytes, Blob.EMPTY)).status());
          }
          assertEquals(
              NtStatus.INVALID_PARAMETER,
              app.door().call(new CreateContextVirtual(app.device(), 2, 1, Blob.EMPTY)).status());
        });
  }

  @Test
  void fencesAndValuesMustBeAsManyAndAFenceValueIsReadOnly() {
    run(
        app -> {
          var fence = app.door().call(new CreateSynchronizationObject2(app.device(), 3));
          assertEquals(3, app.door().read64(fence.fenceValue(), 0));
          assertEquals(
              NtStatus.INVALID_PARAMETER,
              app.door()
                  .call(
                      new SignalSynchronizationObjectFromCpu(
                          app.device(), List.of(fence.syncObject()), List.of()))
                  .status());
          assertThrows(
              AccessViolationException.class, () -> app.door().write64(fence.fenceValue(), 0, 9));
        });
  }

  @Test
  void memoryThatIsNotMappedOrCrossesAPageCannotBeTouched() {
    run(
        app -> {
          var allocation = app.allocate(8192);
          var mapping = app.door().call(new Lock2(app.device(), allocation)).data();
          app.door().write32(mapping, 8188, 5);
          assertEquals(5, app.door().read32(mapping, 8188));
          for (long offset : new long[] {-4, 4094, 8190, 8192, Long.MAX_VALUE}) {
            assertThrows(AccessViolationException.class, () -> app.door().read32(mapping, offset));
          }
          app.door().call(new Unlock2(app.device(), allocation));
          assertThrows(AccessViolationException.class, () -> app.door().read32(mapping, 0));
        });
  }
}

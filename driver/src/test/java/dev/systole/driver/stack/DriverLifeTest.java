package dev.systole.driver.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.QueryAdapterInfo;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.umd.UserModeDevice;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.EngineClass;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** wddm.md 4.2: driver life. */
class DriverLifeTest {
  @Test
  void aDriverIsLoadedStartedAskedStoppedAndUnloadedInThisOrder() {
    var machine = new WindowsMachine().finish();

    assertEquals(
        List.of(
            "DriverEntry",
            "AddDevice",
            "StartDevice",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "QueryAdapterInfo",
            "GetNodeMetadata",
            "GetNodeMetadata",
            "CreateProcess",
            "CreateDevice",
            "CreateContext",
            "GetRootPageTableSize"),
        machine.ddiNames().subList(0, 18));
    var end = new ArrayList<>(machine.ddiNames().subList(18, machine.ddiNames().size()));
    end.removeIf("BuildPagingBuffer"::equals);
    assertEquals(
        List.of(
            "SetRootPageTable",
            "DestroyContext",
            "DestroyDevice",
            "DestroyProcess",
            "StopDevice",
            "RemoveDevice",
            "Unload"),
        end);
  }

  @Test
  void driverCapsAreAskedFirstAndSegmentsInTwoPhases() {
    var types =
        new WindowsMachine()
            .finish().ddiCalls(QueryAdapterInfo.class).stream().map(q -> q.type().name()).toList();

    assertEquals(
        List.of(
            "DRIVERCAPS",
            "PHYSICALADAPTERCAPS",
            "QUERYSEGMENT4",
            "QUERYSEGMENT4",
            "GPUMMUCAPS",
            "PAGETABLELEVELDESC",
            "PAGETABLELEVELDESC",
            "PAGETABLELEVELDESC",
            "PAGETABLELEVELDESC"),
        types);
  }

  @Test
  void pageTablesOfThePagingProcessAreMadeByTheCpuBeforeAnythingRuns() {
    var machine = new WindowsMachine().finish();

    var builds = machine.ddiCalls(BuildPagingBuffer.class);
    assertFalse(builds.isEmpty());
    assertTrue(builds.stream().allMatch(build -> build.dmaBuffer() == 0));
  }

  @Test
  void aDeviceThatDoesNotStartIsRemovedAndNobodyCanOpenIt() {
    var machine = new WindowsMachine(DriverLifeTest::goneFromTheBus);
    var opened = new ArrayList<NtStatus>();
    machine.process(
        "app",
        door ->
            opened.add(
                door.call(new OpenAdapterFromLuid(OpenAdapterFromLuid.FIRST_ADAPTER)).status()));

    machine.finish();

    assertEquals(List.of("dmesg [3, ffff:ffff is not a Tiger Lake GPU]"), machine.health);
    assertEquals(List.of(NtStatus.DEVICE_DOES_NOT_EXIST), opened);
    assertEquals(
        List.of("DriverEntry", "AddDevice", "StartDevice", "RemoveDevice", "Unload"),
        machine.ddiNames());
  }

  @Test
  void whatAProcessLeavesBehindIsDestroyedWhenItEnds() {
    var machine =
        new WindowsMachine()
            .process(
                "sloppy",
                door -> {
                  var device = UserModeDevice.open(door);
                  device.createContext(EngineClass.COPY);
                  device.createBuffer(10_000);
                })
            .finish();

    for (String kind : List.of("Process", "Device", "Context", "Allocation")) {
      assertEquals(
          machine.ddiNames().stream().filter(("Create" + kind)::equals).count(),
          machine.ddiNames().stream().filter(("Destroy" + kind)::equals).count(),
          kind);
    }
    assertEquals(
        machine.ddiNames().stream().filter("OpenAllocation"::equals).count(),
        machine.ddiNames().stream().filter("CloseAllocation"::equals).count());
  }

  /** Whatever is read is all ones, as of a slot that is empty. */
  private static PciFunction goneFromTheBus(PciFunction function) {
    return (PciFunction)
        Proxy.newProxyInstance(
            PciFunction.class.getClassLoader(),
            new Class<?>[] {PciFunction.class},
            (_, method, arguments) ->
                method.getName().startsWith("readConfig")
                    ? (Object) (-1)
                    : method.invoke(function, arguments));
  }
}

package dev.systole.driver.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.QueryAdapterInfo;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.umd.UserModeDevice;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** wddm.md 4.2: driver life. */
class DriverLifeTest {
  @Test
  void aDriverIsLoadedStartedAskedStoppedAndUnloadedInThisOrder() {
    var machine = new StackFixture().run();

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
        new StackFixture()
            .run().ddiCalls(QueryAdapterInfo.class).stream().map(q -> q.type().name()).toList();

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
    var machine = new StackFixture().run();

    var builds = machine.ddiCalls(BuildPagingBuffer.class);
    assertFalse(builds.isEmpty());
    assertTrue(builds.stream().allMatch(build -> build.dmaBuffer() == 0));
  }

  @Test
  void aDeviceThatDoesNotStartIsRemovedAndNobodyCanOpenIt() {
    var machine = new StackFixture();
    var opened = new ArrayList<NtStatus>();
    machine.core.dead = true;
    machine.process(
        "app",
        door ->
            opened.add(
                door.call(new OpenAdapterFromLuid(OpenAdapterFromLuid.FIRST_ADAPTER)).status()));

    machine.run();

    assertEquals(List.of(NtStatus.DEVICE_DOES_NOT_EXIST), opened);
    assertEquals(
        List.of("DriverEntry", "AddDevice", "StartDevice", "RemoveDevice", "Unload"),
        machine.ddiNames());
  }

  @Test
  void whatAProcessLeavesBehindIsDestroyedWhenItEnds() {
    var machine =
        new StackFixture()
            .process(
                "sloppy",
                door -> {
                  var device = UserModeDevice.open(door);
                  device.createContext(EngineClass.COPY);
                  device.createBuffer(10_000);
                })
            .run();

    assertEquals(
        machine.ddiNames().stream().filter("CreateContext"::equals).count(),
        machine.ddiNames().stream().filter("DestroyContext"::equals).count());
    assertEquals(0, machine.core.memory().allocations());
    assertFalse(machine.core.loaded);
  }
}

package dev.systole.driver.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.app.CreateContextVirtual;
import dev.systole.driver.app.CreateDevice;
import dev.systole.driver.app.CreateSynchronizationObject2;
import dev.systole.driver.app.DestroySynchronizationObject;
import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.app.SignalSynchronizationObjectFromGpu;
import dev.systole.driver.app.WaitForSynchronizationObjectFromCpu;
import dev.systole.driver.app.WaitForSynchronizationObjectFromGpu;
import dev.systole.driver.ddi.InterruptData;
import dev.systole.driver.ddi.NotifyDpc;
import dev.systole.driver.ddi.NotifyInterrupt;
import dev.systole.driver.ddi.QueueDpc;
import dev.systole.driver.ddi.SubmitCommandVirtual;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.umd.DeviceRemovedException;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** wddm.md 1.11, 4.4: submission, completion, and a device in error. */
class SubmissionTest {
  @Test
  void fenceIdsOfANodeStartAtOneAndRiseByOne() {
    var machine =
        new WindowsMachine()
            .application(
                "app",
                device -> {
                  var context = device.createContext(EngineClass.RENDER);
                  for (int i = 0; i < 10; i++) context.submit(context.begin());
                  context.finish();
                })
            .finish();

    var ids =
        machine.ddiCalls(SubmitCommandVirtual.class).stream()
            .filter(call -> call.nodeOrdinal() == 0)
            .map(SubmitCommandVirtual::submissionFenceId)
            .toList();
    assertEquals(IntStream.rangeClosed(1, 10).boxed().toList(), ids);
  }

  @Test
  void anInterruptIsReportedThenADpcIsQueuedAndNotifiesTheOs() {
    var machine =
        new WindowsMachine()
            .application(
                "app",
                device -> {
                  var context = device.createContext(EngineClass.RENDER);
                  context.await(context.submit(context.begin()));
                })
            .finish();

    int report = -1;
    for (int i = 0; i < machine.callbacks.size(); i++) {
      if (machine.callbacks.get(i) instanceof NotifyInterrupt notify
          && notify.data() instanceof InterruptData.DmaCompleted done
          && done.nodeOrdinal() == 0) {
        report = i;
        assertEquals(1, done.submissionFenceId());
      }
    }
    assertTrue(report >= 0);
    assertTrue(machine.callbacks.get(report + 1) instanceof QueueDpc);
    assertTrue(machine.callbacks.get(report + 2) instanceof NotifyDpc);
  }

  @Test
  void aContextBehindAWaitIsHeldBackUntilTheFenceIsSignalled() {
    var order = new ArrayList<String>();
    var machine =
        new WindowsMachine()
            .application(
                "app",
                device -> {
                  var render = device.createContext(EngineClass.RENDER);
                  var copy = device.createContext(EngineClass.COPY);
                  var fence = device.createFence(0);
                  copy.waitFor(fence, 5);
                  long copied = copy.submit(copy.begin());
                  long rendered = render.submit(render.begin());
                  render.await(rendered);
                  order.add("rendered, copied " + copy.fence().value());
                  render.signal(fence, 5);
                  copy.await(copied);
                  order.add("copied " + copy.fence().value());
                });

    machine.finish();

    assertEquals(List.of("rendered, copied 0", "copied 1"), order);
  }

  @Test
  void aThreadThatWaitsIsReleasedWhenItsDeviceFallsInError() {
    var machine = new WindowsMachine("loop@rcs0:request=1");
    machine.application(
        "app",
        device -> {
          var context = device.createContext(EngineClass.RENDER);
          assertThrows(
              DeviceRemovedException.class,
              () -> {
                for (int i = 0; i < 4; i++) context.submit(context.begin());
                context.finish();
              });
        });

    machine.finish();
  }

  @Test
  void aFenceThatIsDestroyedReleasesWhoWaitsForItAndItsPlaceMayBeAnothers() {
    new WindowsMachine()
        .process(
            "app",
            door -> {
              var adapter =
                  door.call(new OpenAdapterFromLuid(OpenAdapterFromLuid.FIRST_ADAPTER)).adapter();
              var device = door.call(new CreateDevice(adapter)).device();
              var context = door.call(new CreateContextVirtual(device, 0, 1, Blob.EMPTY)).context();
              var first = door.call(new CreateSynchronizationObject2(device, 0)).syncObject();
              var last = door.call(new CreateSynchronizationObject2(device, 0)).syncObject();
              door.call(
                  new WaitForSynchronizationObjectFromGpu(context, List.of(first), List.of(1L)));
              door.call(
                  new SignalSynchronizationObjectFromGpu(
                      context, List.of(first, last), List.of(9L, 1L)));
              door.call(new DestroySynchronizationObject(first));
              var heir = door.call(new CreateSynchronizationObject2(device, 3));
              assertEquals(
                  NtStatus.SUCCESS,
                  door.call(
                          new WaitForSynchronizationObjectFromCpu(
                              device, List.of(last), List.of(1L)))
                      .status());
              assertEquals(3, door.read64(heir.fenceValue(), 0));
            })
        .finish();
  }
}

package dev.systole.driver.stack;

import dev.systole.driver.app.AppCall;
import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.AppReturn;
import dev.systole.driver.cpu.CrossingCosts;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CallbackReturn;
import dev.systole.driver.ddi.DdiCall;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DdiReturn;
import dev.systole.driver.ddi.DxgkCallback;
import dev.systole.driver.door.KmtHandle;
import dev.systole.gpu.sim.VirtualClock;

/** Lets every crossing of a door cost CPU time, before it happens. */
final class PacedDoors {
  private PacedDoors() {}

  record Ddi(DdiDoor door, VirtualClock clock) implements DdiDoor {
    @Override
    public <R extends DdiReturn> R call(DdiCall<R> call) {
      clock.charge(CrossingCosts.DDI_CALL_NANOS);
      return door.call(call);
    }
  }

  record Callbacks(CallbackDoor door, VirtualClock clock) implements CallbackDoor {
    @Override
    public <R extends CallbackReturn> R call(DxgkCallback<R> callback) {
      clock.charge(CrossingCosts.DDI_CALL_NANOS);
      return door.call(callback);
    }
  }

  record App(AppDoor door, VirtualClock clock) implements AppDoor {
    @Override
    public <R extends AppReturn> R call(AppCall<R> call) {
      clock.charge(CrossingCosts.APP_CALL_NANOS);
      return door.call(call);
    }

    @Override
    public long busAddress(KmtHandle.Mapping mapping, long offsetBytes) {
      return door.busAddress(mapping, offsetBytes);
    }

    @Override
    public int read32(KmtHandle.Mapping mapping, long offsetBytes) {
      clock.charge(CrossingCosts.memoryNanos(Integer.BYTES));
      return door.read32(mapping, offsetBytes);
    }

    @Override
    public void write32(KmtHandle.Mapping mapping, long offsetBytes, int value) {
      clock.charge(CrossingCosts.memoryNanos(Integer.BYTES));
      door.write32(mapping, offsetBytes, value);
    }

    @Override
    public long read64(KmtHandle.Mapping mapping, long offsetBytes) {
      clock.charge(CrossingCosts.memoryNanos(Long.BYTES));
      return door.read64(mapping, offsetBytes);
    }

    @Override
    public void write64(KmtHandle.Mapping mapping, long offsetBytes, long value) {
      clock.charge(CrossingCosts.memoryNanos(Long.BYTES));
      door.write64(mapping, offsetBytes, value);
    }

    @Override
    public void read(
        KmtHandle.Mapping mapping, long offsetBytes, byte[] target, int from, int lengthBytes) {
      clock.charge(CrossingCosts.memoryNanos(lengthBytes));
      door.read(mapping, offsetBytes, target, from, lengthBytes);
    }

    @Override
    public void write(
        KmtHandle.Mapping mapping, long offsetBytes, byte[] source, int from, int lengthBytes) {
      clock.charge(CrossingCosts.memoryNanos(lengthBytes));
      door.write(mapping, offsetBytes, source, from, lengthBytes);
    }
  }
}

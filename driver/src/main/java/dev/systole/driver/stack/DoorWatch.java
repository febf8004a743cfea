package dev.systole.driver.stack;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.DdiDoor;

/** Stands in the doors: may wrap each of them to record, check, delay or replace what passes. */
public interface DoorWatch {
  /** Nobody stands in any door. */
  DoorWatch NOBODY = new DoorWatch() {};

  /** The door of one thread of a process. */
  default AppDoor app(AppProcess process, AppThread thread, AppDoor door) {
    return door;
  }

  /** The door from Dxgkrnl into the driver. */
  default DdiDoor ddi(DdiDoor door) {
    return door;
  }

  /** The door from the driver into Dxgkrnl. */
  default CallbackDoor callbacks(CallbackDoor door) {
    return door;
  }
}

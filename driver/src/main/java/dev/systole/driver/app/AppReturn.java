package dev.systole.driver.app;

import dev.systole.driver.door.NtStatus;
import dev.systole.driver.door.Return;

/** What comes back from an {@link AppCall}; every thunk answers with a status. */
public interface AppReturn extends Return {
  NtStatus status();
}

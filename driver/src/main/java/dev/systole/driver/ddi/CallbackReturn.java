package dev.systole.driver.ddi;

import dev.systole.driver.door.Return;

/** What comes back from a {@link DxgkCallback}. */
public interface CallbackReturn extends Return {}

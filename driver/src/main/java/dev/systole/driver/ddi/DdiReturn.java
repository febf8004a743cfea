package dev.systole.driver.ddi;

import dev.systole.driver.door.Return;

/** What comes back from a {@link DdiCall}. */
public interface DdiReturn extends Return {}

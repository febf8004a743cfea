package dev.systole.driver.door;

/** What comes back from a {@link Call}: a record of its result and its out-arguments. */
public interface Return {}

package dev.systole.driver.door;

/**
 * A call through a door, as a value. Every call is a record with a nested record {@code Return}.
 *
 * @param <R> what comes back
 */
public interface Call<R extends Return> {}

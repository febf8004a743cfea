/**
 * What crosses the call doors: a {@link dev.systole.driver.door.Call} is a record whose components
 * are the in-arguments in the WDK's order and whose type names the type of its {@link
 * dev.systole.driver.door.Return}.
 *
 * <p>Components are {@code boolean}, {@code int}, {@code long}, {@code String}, enums, {@link
 * dev.systole.driver.door.Blob}, {@link dev.systole.driver.door.NtStatus}, {@link
 * dev.systole.driver.door.Handle}s, records and lists of these, and sealed interfaces of records
 * where the WDK has a union. All are immutable, so that a few lines of reflection record, replay,
 * compare, print and send every call there is.
 */
package dev.systole.driver.door;

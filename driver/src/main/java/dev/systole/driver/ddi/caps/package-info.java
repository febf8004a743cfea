/**
 * What {@link dev.systole.driver.ddi.QueryAdapterInfo} takes and answers, as structures with the
 * fields and the order of wddm.md part 2. Reserved and deprecated fields are left out; display
 * fields come with the display. See {@link dev.systole.driver.door.Structure} for their bytes.
 */
package dev.systole.driver.ddi.caps;

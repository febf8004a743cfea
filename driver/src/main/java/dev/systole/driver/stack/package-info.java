/**
 * Puts the Windows stack together: miniport and Dxgkrnl on a core, processes above them, and
 * whoever wants to stand in the doors between.
 */
package dev.systole.driver.stack;

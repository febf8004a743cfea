/**
 * Time and the running of hardware: one virtual clock, and what may be asked of hardware that lives
 * in it. Nothing here knows of engines or registers.
 */
package dev.systole.gpu.sim;

/** Assembles a machine, holds the workload library, and turns door traffic into a trace. */
package dev.systole.recorder;

/**
 * A machine and what it runs: {@link dev.systole.recorder.Machine} assembles GPU, driver stack and
 * probe, and a {@link dev.systole.recorder.Recorder} runs a {@link
 * dev.systole.recorder.workload.Workload} on one.
 */
package dev.systole.recorder;

/**
 * The workload library: small applications that use the user-mode driver as real ones do, each for
 * something that is worth recording. {@link dev.systole.recorder.workload.Workloads} lists them.
 */
package dev.systole.recorder.workload;

package dev.systole.errorstate;

/**
 * The context that an engine was running.
 *
 * @param process its owner
 * @param priority its scheduling priority
 * @param guilty how many hangs it was guilty of; after a preempt timeout this one already counts
 * @param active how many resets of others hit it
 * @param runtimeTotalNanos GPU time it has used, 0 where the kernel does not say it (before 5.7)
 * @param runtimeAverageNanos the average per period, 0 likewise
 */
public record ActiveContext(
    GpuProcess process,
    int priority,
    int guilty,
    int active,
    long runtimeTotalNanos,
    long runtimeAverageNanos) {}

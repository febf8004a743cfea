/**
 * What recording and replaying cost, as ratios to a baseline measured in the same run: {@code
 * benchmarks/ratios}.
 */
package dev.systole.benchmarks.ratios;

/** Re-execution, divergence, injection, golden tests. */
package dev.systole.replayer;

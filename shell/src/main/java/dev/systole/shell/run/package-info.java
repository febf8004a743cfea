/**
 * Runs of the simulated machine as the verbs need them: a workload recorded into a file, a trace
 * replayed with a fault into a new one, and how either ended, in words and as an exit code.
 */
package dev.systole.shell.run;

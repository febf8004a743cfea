/**
 * Why a GPU hung. A {@link dev.systole.decoder.diagnosis.Diagnosis} names for each hung engine of a
 * dump the command, a {@link dev.systole.decoder.diagnosis.Cause}, how sure it is, the evidence and
 * what to look at next. It is found by rules that are tried in order, those first whose evidence is
 * hard (gen12-commands.md 7.4). An engine that only waits for another one is not blamed.
 */
package dev.systole.decoder.diagnosis;

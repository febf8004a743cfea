/**
 * What a crash leaves behind, as data, whoever wrote it.
 *
 * <p>{@link dev.systole.errorstate.ErrorState} is what an i915 error state says: the hang message,
 * the properties of the machine, the registers of the GT and, per engine, an {@link
 * dev.systole.errorstate.EngineState} with its {@link dev.systole.errorstate.CapturedObject}s. It
 * tolerates every kernel and every damage: what a file does not hold is absent, what nobody knows
 * yet stays in the properties and in the text, and {@link dev.systole.errorstate.Damage} tells what
 * is wrong where.
 *
 * <p>{@link dev.systole.errorstate.Capture} is the other direction: everything that a driver knows
 * at the moment of a hang, complete by construction. Package {@link dev.systole.errorstate.text}
 * turns files into the one and the other into files.
 *
 * <p>Everything here is immutable. Registers carry the names of the kernel's dump, addresses are
 * un-canonical 48-bit values as the kernel prints them. No argument may be {@code null}.
 */
package dev.systole.errorstate;

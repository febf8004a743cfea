/**
 * The command interpreter: one class decodes, a class per family executes. It sees the engine only
 * through {@link dev.systole.gpu.command.EngineState}, and the rest of the hardware through {@link
 * dev.systole.gpu.sim.RegisterBlock} and {@link dev.systole.gpu.command.EngineSignals}.
 */
package dev.systole.gpu.command;

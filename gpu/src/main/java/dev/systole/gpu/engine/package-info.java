/**
 * Engines: execution lists, contexts, rings and what software hears of them. Commands themselves
 * are executed by {@link dev.systole.gpu.command.Interpreter}.
 */
package dev.systole.gpu.engine;

package dev.systole.driver.core.capture;

import dev.systole.driver.core.execlists.Execlists;
import dev.systole.driver.core.request.Request;
import dev.systole.errorstate.EngineState;

/**
 * What must be read of an engine before its reset.
 *
 * @param execlists the engine's submission
 * @param request the unfinished request of the context that ran
 * @param state registers and ports; the rest is filled in later
 */
record Snapshot(Execlists execlists, Request request, EngineState.Builder state) {}

package dev.systole.driver.stack;

import dev.systole.driver.app.AppDoor;
import java.util.function.Consumer;

/**
 * A thread to run.
 *
 * @param body gets its end of the app door
 * @param paced whether crossing the door costs time; a recorded thread brings the times itself
 */
public record AppThread(String name, Consumer<AppDoor> body, boolean paced) {
  /** A thread of a program that runs as if on a real CPU. */
  public AppThread(String name, Consumer<AppDoor> body) {
    this(name, body, true);
  }
}

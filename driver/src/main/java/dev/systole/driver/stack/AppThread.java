package dev.systole.driver.stack;

import dev.systole.driver.app.AppDoor;
import java.util.function.Consumer;

/** A thread to run: {@code body} gets its end of the app door. */
public record AppThread(String name, Consumer<AppDoor> body) {}

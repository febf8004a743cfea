package dev.systole.driver.stack;

import java.util.List;

/** A process to run: it ends when all of its threads have. */
public record AppProcess(String name, int pid, List<AppThread> threads) {
  public AppProcess {
    threads = List.copyOf(threads);
  }
}

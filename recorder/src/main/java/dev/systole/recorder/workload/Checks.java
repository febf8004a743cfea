package dev.systole.recorder.workload;

/** What applications expect of the GPU. */
final class Checks {
  private Checks() {}

  static void equal(String what, int expected, int found) {
    if (expected == found) return;
    throw new WorkloadException("%s is 0x%08x instead of 0x%08x".formatted(what, found, expected));
  }
}

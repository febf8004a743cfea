package dev.systole.recorder.workload;

/** An application did not get what it asked the GPU for. */
public final class WorkloadException extends RuntimeException {
  WorkloadException(String message) {
    super(message);
  }
}

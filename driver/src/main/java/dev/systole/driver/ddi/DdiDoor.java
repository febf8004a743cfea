package dev.systole.driver.ddi;

/** Calls from Dxgkrnl into the kernel-mode driver; the only way in. */
@FunctionalInterface
public interface DdiDoor {
  <R extends DdiReturn> R call(DdiCall<R> call);
}

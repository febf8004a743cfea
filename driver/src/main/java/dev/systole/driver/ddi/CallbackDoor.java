package dev.systole.driver.ddi;

/** Callbacks from the kernel-mode driver into Dxgkrnl. */
public interface CallbackDoor {
  <R extends CallbackReturn> R call(DxgkCallback<R> callback);
}

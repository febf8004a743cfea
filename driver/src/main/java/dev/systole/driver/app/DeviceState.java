package dev.systole.driver.app;

/** {@code D3DKMT_DEVICEEXECUTION_STATE} (wddm.md 4.3): those that a device can be in. */
public enum DeviceState {
  ACTIVE(1),
  HUNG(3);

  private final int value;

  DeviceState(int value) {
    this.value = value;
  }

  /** The WDK's number. */
  public int value() {
    return value;
  }
}

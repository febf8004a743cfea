package dev.systole.driver.core.gt;

import dev.systole.gpu.door.HealthDoor;

/** The kernel's log, in i915's words: {@code i915 0000:00:02.0: [drm] …} (i915-kernel.md 1.1). */
public final class KernelLog {
  private static final String DEVICE = "i915 0000:00:02.0: [drm] ";
  private static final String GT = DEVICE + "GT0: ";

  private static final int ERROR = 3;
  private static final int NOTICE = 5;
  private static final int INFO = 6;

  private final HealthDoor health;

  /** A log whose lines leave through {@code health}. */
  public KernelLog(HealthDoor health) {
    this.health = health;
  }

  /** An error of the device. */
  public void error(String line) {
    health.dmesg(ERROR, DEVICE + line);
  }

  /** An error of the GT. */
  public void gtError(String line) {
    health.dmesg(ERROR, GT + line);
  }

  /** Something normal but noteworthy. */
  public void notice(String line) {
    health.dmesg(NOTICE, DEVICE + line);
  }

  /** Something normal but noteworthy, of the GT. */
  public void gtNotice(String line) {
    health.dmesg(NOTICE, GT + line);
  }

  /** Information. */
  public void info(String line) {
    health.dmesg(INFO, DEVICE + line);
  }
}

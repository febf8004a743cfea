package dev.systole.driver.ddi;

/** {@code DXGKQAITYPE_…}: the types that a render-only WDDM 2.0 driver answers (wddm.md part 2). */
public enum AdapterInfoType {
  UMDRIVERPRIVATE(0),
  DRIVERCAPS(1),
  QUERYSEGMENT4(11),
  GPUMMUCAPS(13),
  PAGETABLELEVELDESC(14),
  PHYSICALADAPTERCAPS(15);

  private final int value;

  AdapterInfoType(int value) {
    this.value = value;
  }

  /** The WDK's number. */
  public int value() {
    return value;
  }
}

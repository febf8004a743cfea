package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.DmaRemapping.*;

import java.util.Optional;

/**
 * What the fault recording register of the remapping unit says.
 *
 * @param reason as DMAR_FRCD_REG counts them
 * @param sourceId the function: bus in bits 15 to 8, device and function below
 * @param address of the page, as the device named it
 * @param read whether the device wanted to read; else to write
 */
public record DmaFault(int reason, int sourceId, long address, boolean read) {
  /** The fault that is recorded, if there is one. */
  public static Optional<DmaFault> read(PciFunction function) {
    int last = dword(function, DMAR_FRCD_REG_FAULT_DWORD);
    if ((last & DMAR_FRCD_REG_FAULT) == 0) return Optional.empty();
    int source = dword(function, DMAR_FRCD_REG_SOURCE_ID_DWORD) & DMAR_FRCD_REG_SOURCE_ID_MASK;
    long address = dword(function, 0) & 0xffffffffL | (long) dword(function, 1) << 32;
    boolean read = (last & DMAR_FRCD_REG_TYPE) != 0;
    return Optional.of(new DmaFault(last & DMAR_FRCD_REG_REASON_MASK, source, address, read));
  }

  private static int dword(PciFunction function, int index) {
    return function.readIommu(DMAR_FRCD_REG + index * Integer.BYTES);
  }
}

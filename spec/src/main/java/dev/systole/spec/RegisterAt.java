package dev.systole.spec;

import java.util.Optional;

/**
 * What lies at an offset of BAR 0.
 *
 * @param engine whose register it is, unless it is the device's
 * @param row which row of registers; 0 when there is only one
 * @param index which of a row of registers; 0 when there is only one
 * @param dword which dword of the register
 */
public record RegisterAt(
    RegisterSpec spec, Optional<Engine> engine, int row, int index, int dword) {
  /**
   * The register's name as i915 would write it: {@code RING_TAIL}, {@code CS_GPR[3]_UDW}, {@code
   * PLANE_CTL[1][0]} with the row first.
   */
  public String name() {
    String ofRow = spec.rows() > 1 ? spec.name() + "[" + row + "]" : spec.name();
    String indexed = spec.count() > 1 ? ofRow + "[" + index + "]" : ofRow;
    return dword == 0 ? indexed : indexed + "_UDW";
  }
}

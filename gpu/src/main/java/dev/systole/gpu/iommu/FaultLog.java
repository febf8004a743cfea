package dev.systole.gpu.iommu;

import static dev.systole.spec.gen12.DmaRemapping.*;

import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Where the remapping unit reports faults: one recording register, the status, and the event that
 * interrupts the CPU. While a fault is recorded, further ones are only noted as overflow.
 */
final class FaultLog {
  private static final int RECORD_DWORDS = 4;
  private static final int LAST_DWORD = RECORD_DWORDS - 1;

  private final int sourceId;
  private final Runnable event;
  private final int[] record = new int[RECORD_DWORDS];
  private boolean overflow;
  private int control = DMAR_FECTL_REG_INTERRUPT_MASK;

  /**
   * @param event interrupts the CPU
   */
  FaultLog(int sourceId, Runnable event) {
    this.sourceId = sourceId;
    this.event = event;
  }

  void add(int reason, long address, boolean write) {
    boolean told = status() != 0;
    if (pending()) {
      overflow = true;
    } else {
      record[0] = (int) address & -4096;
      record[1] = (int) (address >>> 32);
      record[DMAR_FRCD_REG_SOURCE_ID_DWORD] = sourceId;
      record[LAST_DWORD] = DMAR_FRCD_REG_FAULT | (write ? 0 : DMAR_FRCD_REG_TYPE) | reason;
    }
    if (told) return;
    control |= DMAR_FECTL_REG_INTERRUPT_PENDING;
    sendEvent();
  }

  private boolean pending() {
    return (record[LAST_DWORD] & DMAR_FRCD_REG_FAULT) != 0;
  }

  private void sendEvent() {
    if (control != DMAR_FECTL_REG_INTERRUPT_PENDING) return;
    control = 0;
    event.run();
  }

  /** Dword {@code index} of the recording register. */
  int record(int index) {
    return record[index];
  }

  /** Writing one to the fault bit makes room for the next fault. */
  void writeRecord(int index, int value) {
    if (index == LAST_DWORD) record[index] &= ~(value & DMAR_FRCD_REG_FAULT);
    forgetEventWhenServed();
  }

  int status() {
    return (overflow ? DMAR_FSTS_REG_OVERFLOW : 0) | (pending() ? DMAR_FSTS_REG_PENDING : 0);
  }

  void writeStatus(int value) {
    if ((value & DMAR_FSTS_REG_OVERFLOW) != 0) overflow = false;
    forgetEventWhenServed();
  }

  private void forgetEventWhenServed() {
    if (status() == 0) control &= ~DMAR_FECTL_REG_INTERRUPT_PENDING;
  }

  int control() {
    return control;
  }

  /** An event that waits is sent when it is no longer masked. */
  void writeControl(int value) {
    control = control & ~DMAR_FECTL_REG_INTERRUPT_MASK | value & DMAR_FECTL_REG_INTERRUPT_MASK;
    sendEvent();
  }

  void save(StateSink sink) {
    sink.putInts(record);
    sink.putBoolean(overflow);
    sink.putInt(control);
  }

  void restore(StateSource source) {
    source.takeInts(record);
    overflow = source.takeBoolean();
    control = source.takeInt();
  }
}

package dev.systole.gpu.display;

import dev.systole.gpu.memory.PagedMemory;

/**
 * A colour table behind a pair of registers: an index, which counts on by itself when asked to, and
 * the entry there.
 */
final class IndexedTable {
  private final PagedMemory registers;
  private final int indexRegister;
  private final int autoIncrement;
  private final int indexMask;
  private final int place;

  /**
   * @param indexRegister with the data register behind it
   * @param autoIncrement the bit of the index register
   * @param indexMask of the index register
   * @param place of the entries
   */
  IndexedTable(
      PagedMemory registers, int indexRegister, int autoIncrement, int indexMask, int place) {
    this.registers = registers;
    this.indexRegister = indexRegister;
    this.autoIncrement = autoIncrement;
    this.indexMask = indexMask;
    this.place = place;
  }

  boolean isData(int offset) {
    return offset == indexRegister + Integer.BYTES;
  }

  /** Reads the data register. */
  int read() {
    int index = registers.load32(indexRegister);
    countOn(index);
    return entry(index & indexMask);
  }

  /** Writes the data register. */
  void write(int value) {
    int index = registers.load32(indexRegister);
    registers.store32(place + (index & indexMask) * Integer.BYTES, value);
    countOn(index);
  }

  private void countOn(int index) {
    if ((index & autoIncrement) == 0) return;
    registers.store32(indexRegister, index & ~indexMask | index + 1 & indexMask);
  }

  int entry(int number) {
    return registers.load32(place + number * Integer.BYTES);
  }
}

package dev.systole.gpu.command;

import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/** The ring buffer of the running context: a range of the GGTT, and up to where it is filled. */
final class Ring {
  private int start;
  private int tail;
  private int control;
  private int wraps;

  void set(int newStart, int head, int newTail, int newControl) {
    start = newStart & RING_START_STARTING_ADDRESS_MASK;
    control = newControl;
    wraps = head & RING_HEAD_WRAP_COUNT_MASK;
    setTail(newTail);
  }

  void setTail(int newTail) {
    tail = newTail & RING_TAIL_TAIL_OFFSET_MASK;
  }

  int start() {
    return start;
  }

  int tail() {
    return tail;
  }

  int control() {
    return control;
  }

  /** RING_HEAD when parsing is at {@code address}. */
  int head(long address) {
    return (int) (address - address(0)) | wraps;
  }

  long address(int offset) {
    return (start & 0xffffffffL) + offset;
  }

  /** Whether there is a ring at all; without, nothing is fetched, as if it were empty. */
  boolean isValid() {
    return (control & RING_CTL_VALID) != 0;
  }

  /** Address of TAIL, which lies outside when software wrote nonsense: then it is never reached. */
  long tailAddress() {
    return address(tail);
  }

  int sizeBytes() {
    return (control & RING_CTL_SIZE_MASK) + Page.BYTES;
  }

  /** Whether {@code address} lies behind the end, from where parsing goes on at the beginning. */
  boolean isBehind(long address) {
    return address - address(0) >= sizeBytes();
  }

  /** The place that an address behind the end stands for. */
  long wrapped(long address) {
    return address(0) + (address - address(0)) % sizeBytes();
  }

  /** Counts one more round. */
  void countWrap() {
    wraps += 1 << RING_HEAD_WRAP_COUNT_SHIFT;
  }

  void save(StateSink sink) {
    sink.putInts(new int[] {start, tail, control, wraps});
  }

  void restore(StateSource source) {
    start = source.takeInt();
    tail = source.takeInt();
    control = source.takeInt();
    wraps = source.takeInt();
  }
}

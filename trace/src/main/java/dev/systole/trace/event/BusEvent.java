package dev.systole.trace.event;

/** What passes between the kernel side and the GPU: the bus door and the wake door. */
public sealed interface BusEvent extends Event {

  /**
   * A register was read, {@code count} times at equal distances with the same result.
   *
   * @param stepNanos from one read to the next; 0 where there was only one
   */
  record RegisterRead(At at, long offset, long widthBytes, long value, long count, long stepNanos)
      implements BusEvent {}

  record RegisterWrite(At at, long offset, long widthBytes, long value) implements BusEvent {}

  record ConfigRead(At at, long offset, long widthBytes, long value) implements BusEvent {}

  record ConfigWrite(At at, long offset, long widthBytes, long value) implements BusEvent {}

  /** DMA memory was read by the CPU, {@code count} times at equal distances, same result. */
  record MemoryRead(At at, long address, long widthBytes, long value, long count, long stepNanos)
      implements BusEvent {}

  /** More than eight bytes of DMA memory were read by the CPU at once. */
  record MemoryReadBlock(At at, long address, Blob bytes) implements BusEvent {}

  /** DMA memory was written by the CPU; contiguous writes in a row are one event. */
  record MemoryWrite(At at, long address, Blob bytes) implements BusEvent {}

  /** A register of the remapping unit between the GPU and system memory was read. */
  record IommuRead(At at, long offset, long value) implements BusEvent {}

  record IommuWrite(At at, long offset, long value) implements BusEvent {}

  /**
   * The hardware interrupted the CPU.
   *
   * @param vector {@link #GPU}, or {@link #IOMMU} for a fault that the remapping unit recorded
   */
  record Interrupt(At at, long vector) implements BusEvent {
    public static final int GPU = 0;
    public static final int IOMMU = 1;
  }
}

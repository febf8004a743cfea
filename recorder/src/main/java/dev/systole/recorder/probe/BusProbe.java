package dev.systole.recorder.probe;

import dev.systole.gpu.pci.InterruptLine;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.trace.event.BusEvent.Interrupt;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.schema.EventKind;

/**
 * Records the bus door and, on its way back, the wake door. An access is recorded behind what the
 * hardware did up to it.
 */
public final class BusProbe implements PciFunction {
  private final PciFunction function;
  private final Recording recording;

  /** Stands before {@code function}. */
  public BusProbe(PciFunction function, Recording recording) {
    this.function = function;
    this.recording = recording;
  }

  @Override
  public int readConfig(int offsetBytes, int widthBytes) {
    int value = function.readConfig(offsetBytes, widthBytes);
    recording
        .sink()
        .configRead(
            recording.lane(),
            recording.nowNanos(),
            offsetBytes,
            widthBytes,
            Integer.toUnsignedLong(value));
    return value;
  }

  @Override
  public void writeConfig(int offsetBytes, int widthBytes, int value) {
    function.writeConfig(offsetBytes, widthBytes, value);
    recording
        .sink()
        .configWrite(
            recording.lane(),
            recording.nowNanos(),
            offsetBytes,
            widthBytes,
            Integer.toUnsignedLong(value));
  }

  @Override
  public int readRegister(int offsetBytes) {
    int value = function.readRegister(offsetBytes);
    readRegister(offsetBytes, Integer.BYTES, Integer.toUnsignedLong(value));
    return value;
  }

  @Override
  public long readRegister64(int offsetBytes) {
    long value = function.readRegister64(offsetBytes);
    readRegister(offsetBytes, Long.BYTES, value);
    return value;
  }

  private void readRegister(int offsetBytes, int widthBytes, long value) {
    recording
        .sink()
        .registerRead(recording.lane(), recording.nowNanos(), offsetBytes, widthBytes, value);
  }

  @Override
  public void writeRegister(int offsetBytes, int value) {
    function.writeRegister(offsetBytes, value);
    writeRegister(offsetBytes, Integer.BYTES, Integer.toUnsignedLong(value));
  }

  @Override
  public void writeRegister64(int offsetBytes, long value) {
    function.writeRegister64(offsetBytes, value);
    writeRegister(offsetBytes, Long.BYTES, value);
  }

  private void writeRegister(int offsetBytes, int widthBytes, long value) {
    recording
        .sink()
        .registerWrite(recording.lane(), recording.nowNanos(), offsetBytes, widthBytes, value);
    recording.registerWritten();
  }

  @Override
  public int readMemory32(long busAddress) {
    int value = function.readMemory32(busAddress);
    recording
        .sink()
        .memoryRead(
            recording.lane(),
            recording.nowNanos(),
            busAddress,
            Integer.BYTES,
            Integer.toUnsignedLong(value));
    return value;
  }

  @Override
  public long readMemory64(long busAddress) {
    long value = function.readMemory64(busAddress);
    recording
        .sink()
        .memoryRead(recording.lane(), recording.nowNanos(), busAddress, Long.BYTES, value);
    return value;
  }

  @Override
  public void readMemory(long busAddress, byte[] target, int offset, int lengthBytes) {
    function.readMemory(busAddress, target, offset, lengthBytes);
    recording
        .sink()
        .memoryRead(
            recording.lane(), recording.nowNanos(), busAddress, target, offset, lengthBytes);
  }

  @Override
  public void writeMemory32(long busAddress, int value) {
    recording.separateWrites();
    function.writeMemory32(busAddress, value);
    recording
        .sink()
        .memoryWrite(
            recording.lane(),
            recording.nowNanos(),
            busAddress,
            Integer.BYTES,
            Integer.toUnsignedLong(value));
  }

  @Override
  public void writeMemory64(long busAddress, long value) {
    recording.separateWrites();
    function.writeMemory64(busAddress, value);
    recording
        .sink()
        .memoryWrite(recording.lane(), recording.nowNanos(), busAddress, Long.BYTES, value);
  }

  @Override
  public void writeMemory(long busAddress, byte[] source, int offset, int lengthBytes) {
    recording.separateWrites();
    function.writeMemory(busAddress, source, offset, lengthBytes);
    recording
        .sink()
        .memoryWrite(
            recording.lane(), recording.nowNanos(), busAddress, source, offset, lengthBytes);
  }

  @Override
  public int readIommu(int offsetBytes) {
    int value = function.readIommu(offsetBytes);
    iommu(EventKinds.IOMMU_READ, offsetBytes, value);
    return value;
  }

  @Override
  public void writeIommu(int offsetBytes, int value) {
    function.writeIommu(offsetBytes, value);
    iommu(EventKinds.IOMMU_WRITE, offsetBytes, value);
  }

  private void iommu(EventKind kind, int offsetBytes, int value) {
    recording
        .sink()
        .begin(kind, recording.lane(), recording.nowNanos())
        .integer(offsetBytes)
        .integer(Integer.toUnsignedLong(value))
        .end();
  }

  @Override
  public void connect(InterruptLine line) {
    function.connect(recorded(line, Interrupt.GPU));
  }

  @Override
  public void connectIommu(InterruptLine line) {
    function.connectIommu(recorded(line, Interrupt.IOMMU));
  }

  private InterruptLine recorded(InterruptLine line, int vector) {
    return timeNanos -> {
      recording.sink().interrupt(recording.hardwareLane(), timeNanos, vector);
      line.raise(timeNanos);
    };
  }
}

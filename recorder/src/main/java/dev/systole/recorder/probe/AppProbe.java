package dev.systole.recorder.probe;

import dev.systole.driver.app.AppCall;
import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.AppReturn;
import dev.systole.driver.door.KmtHandle.Mapping;
import dev.systole.trace.event.Lane;

/** Records the app door of one thread: its thunks, and what it does to memory that it mapped. */
public final class AppProbe implements AppDoor {
  private final AppDoor door;
  private final Recording recording;
  private final Lane lane;
  private boolean assigned;

  /** Stands before {@code door}, on a thread whose lane is {@code lane}. */
  public AppProbe(AppDoor door, Recording recording, Lane lane) {
    this.door = door;
    this.recording = recording;
    this.lane = lane;
  }

  /** The thread does something; what follows from it deeper in the kernel is on its lane, too. */
  private void begin() {
    recording.step();
    if (!assigned) recording.assign(lane);
    assigned = true;
  }

  @Override
  public <R extends AppReturn> R call(AppCall<R> call) {
    begin();
    recording.enter(call);
    R result = door.call(call);
    recording.step();
    recording.leave(result);
    return result;
  }

  @Override
  public long busAddress(Mapping mapping, long offsetBytes) {
    return door.busAddress(mapping, offsetBytes);
  }

  @Override
  public int read32(Mapping mapping, long offsetBytes) {
    long timeNanos = recording.nowNanos();
    long busAddress = touch(mapping, offsetBytes);
    int value = door.read32(mapping, offsetBytes);
    recordRead(
        timeNanos, mapping, offsetBytes, busAddress, Integer.BYTES, Integer.toUnsignedLong(value));
    return value;
  }

  @Override
  public long read64(Mapping mapping, long offsetBytes) {
    long timeNanos = recording.nowNanos();
    long busAddress = touch(mapping, offsetBytes);
    long value = door.read64(mapping, offsetBytes);
    recordRead(timeNanos, mapping, offsetBytes, busAddress, Long.BYTES, value);
    return value;
  }

  @Override
  public void read(Mapping mapping, long offsetBytes, byte[] target, int from, int lengthBytes) {
    long timeNanos = recording.nowNanos();
    long busAddress = touch(mapping, offsetBytes);
    door.read(mapping, offsetBytes, target, from, lengthBytes);
    recording
        .sink()
        .mappingRead(
            recording.lane(),
            timeNanos,
            mapping.value(),
            offsetBytes,
            busAddress,
            target,
            from,
            lengthBytes);
  }

  @Override
  public void write32(Mapping mapping, long offsetBytes, int value) {
    long timeNanos = recording.nowNanos();
    long busAddress = touch(mapping, offsetBytes);
    recording.separateWrites();
    door.write32(mapping, offsetBytes, value);
    recordWrite(
        timeNanos, mapping, offsetBytes, busAddress, Integer.BYTES, Integer.toUnsignedLong(value));
  }

  @Override
  public void write64(Mapping mapping, long offsetBytes, long value) {
    long timeNanos = recording.nowNanos();
    long busAddress = touch(mapping, offsetBytes);
    recording.separateWrites();
    door.write64(mapping, offsetBytes, value);
    recordWrite(timeNanos, mapping, offsetBytes, busAddress, Long.BYTES, value);
  }

  @Override
  public void write(Mapping mapping, long offsetBytes, byte[] source, int from, int lengthBytes) {
    long timeNanos = recording.nowNanos();
    long busAddress = touch(mapping, offsetBytes);
    recording.separateWrites();
    door.write(mapping, offsetBytes, source, from, lengthBytes);
    recording
        .sink()
        .mappingWrite(
            recording.lane(),
            timeNanos,
            mapping.value(),
            offsetBytes,
            busAddress,
            source,
            from,
            lengthBytes);
  }

  /**
   * The bus address of an access that is about to happen. What the kernel does to make the page
   * present belongs to the access, whose time is that of its beginning.
   */
  private long touch(Mapping mapping, long offsetBytes) {
    begin();
    return door.busAddress(mapping, offsetBytes);
  }

  private void recordRead(
      long timeNanos,
      Mapping mapping,
      long offsetBytes,
      long busAddress,
      int widthBytes,
      long value) {
    recording
        .sink()
        .mappingRead(
            recording.lane(),
            timeNanos,
            mapping.value(),
            offsetBytes,
            busAddress,
            widthBytes,
            value);
  }

  private void recordWrite(
      long timeNanos,
      Mapping mapping,
      long offsetBytes,
      long busAddress,
      int widthBytes,
      long value) {
    recording
        .sink()
        .mappingWrite(
            recording.lane(),
            timeNanos,
            mapping.value(),
            offsetBytes,
            busAddress,
            widthBytes,
            value);
  }
}

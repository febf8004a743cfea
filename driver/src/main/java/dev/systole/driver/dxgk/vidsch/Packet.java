package dev.systole.driver.dxgk.vidsch;

import dev.systole.driver.door.Blob;
import java.util.ArrayList;
import java.util.List;

/** What stands in the queue of a context until its turn comes. */
abstract sealed class Packet {
  private final SchedulingContext context;
  private final List<Signal> signals = new ArrayList<>();
  private boolean done;

  private Packet(SchedulingContext context) {
    this.context = context;
  }

  SchedulingContext context() {
    return context;
  }

  boolean done() {
    return done;
  }

  void markDone() {
    done = true;
  }

  /** What to signal when this packet is done. */
  List<Signal> signals() {
    return signals;
  }

  /** Whether a fence will be at least {@code value} when this packet is done. */
  boolean willSignal(MonitoredFence fence, long value) {
    return signals.stream()
        .anyMatch(
            signal -> signal.fence() == fence && Long.compareUnsigned(signal.value(), value) >= 0);
  }

  /** A monitored fence and the value that it is to take. */
  record Signal(MonitoredFence fence, long value) {}

  /** Commands for the hardware. */
  static final class Dma extends Packet {
    private final long address;
    private final int lengthBytes;
    private final Blob privateData;
    private int fenceId;
    private boolean rejected;

    Dma(SchedulingContext context, long address, int lengthBytes, Blob privateData) {
      super(context);
      this.address = address;
      this.lengthBytes = lengthBytes;
      this.privateData = privateData;
    }

    long address() {
      return address;
    }

    int lengthBytes() {
      return lengthBytes;
    }

    Blob privateData() {
      return privateData;
    }

    int fenceId() {
      return fenceId;
    }

    void assign(int id) {
      fenceId = id;
    }

    /** Whether the driver refused it: it counts as completed once those before it are. */
    boolean rejected() {
      return rejected;
    }

    void reject() {
      rejected = true;
    }
  }

  /** Holds back what follows until a fence has a value. */
  static final class Wait extends Packet {
    private final MonitoredFence fence;
    private final long value;

    Wait(SchedulingContext context, MonitoredFence fence, long value) {
      super(context);
      this.fence = fence;
      this.value = value;
    }

    boolean satisfied() {
      return fence.reached(value);
    }
  }
}

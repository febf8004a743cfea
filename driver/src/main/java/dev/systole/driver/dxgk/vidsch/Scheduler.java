package dev.systole.driver.dxgk.vidsch;

import dev.systole.driver.cpu.BugCheck;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.SubmitCommandVirtual;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hands packets to the driver, a few at a time per node, and follows them to their end. There is no
 * TDR: it is recorded with {@code TdrLevel=0}, and a hang is the core's affair.
 */
public final class Scheduler {
  private final Cpu cpu;
  private final DdiDoor kmd;
  private final List<Node> nodes;
  private final List<SchedulingDevice> devices = new ArrayList<>();
  private final int packetsPerNode;

  /** A fence changed, so that a context that waits may be able to go on. */
  private boolean recheckWaits;

  private boolean pumping;

  /**
   * A scheduler of so many nodes.
   *
   * @param packetsPerNode how many packets a node takes at a time (HwQueuePacketCap)
   */
  public Scheduler(Cpu cpu, DdiDoor kmd, int nodes, int packetsPerNode) {
    this.cpu = cpu;
    this.kmd = kmd;
    this.nodes = IntStream.range(0, nodes).mapToObj(Node::new).toList();
    this.packetsPerNode = packetsPerNode;
  }

  /** Adds a device; {@code onError} is told when it falls in error, at DISPATCH_LEVEL. */
  public SchedulingDevice addDevice(Runnable onError) {
    var device = new SchedulingDevice(onError);
    devices.add(device);
    return device;
  }

  /** Removes a device that has no contexts any more. */
  public void removeDevice(SchedulingDevice device) {
    devices.remove(device);
  }

  /** Adds a context; {@code paging} ones go before all others of their node. */
  public SchedulingContext addContext(
      SchedulingDevice device, KernelHandle.KmdContext handle, int node, boolean paging) {
    var context = new SchedulingContext(device, handle, node, paging);
    nodes.get(node).contexts().add(context);
    device.contexts().add(context);
    return context;
  }

  /** Removes a context that has nothing queued any more. */
  public void removeContext(SchedulingContext context) {
    nodes.get(context.node()).remove(context);
    context.device().contexts().remove(context);
  }

  /**
   * Queues commands.
   *
   * @return DEVICE_REMOVED when the device is in error, or fell in error by these commands
   */
  public NtStatus submit(
      SchedulingContext context, long address, int lengthBytes, Blob privateData) {
    if (context.device().inError()) return NtStatus.DEVICE_REMOVED;
    context.append(new Packet.Dma(context, address, lengthBytes, privateData));
    pump();
    return context.device().inError() ? NtStatus.DEVICE_REMOVED : NtStatus.SUCCESS;
  }

  /** Queues a wait: what the context is given from now on waits until the fence has the value. */
  public NtStatus waitFromGpu(SchedulingContext context, MonitoredFence fence, long value) {
    if (context.device().inError()) return NtStatus.DEVICE_REMOVED;
    context.append(new Packet.Wait(context, fence, value));
    pump();
    return NtStatus.SUCCESS;
  }

  /** Sets a fence when the context has done what it was given before. */
  public NtStatus signalFromGpu(SchedulingContext context, MonitoredFence fence, long value) {
    if (context.device().inError()) return NtStatus.DEVICE_REMOVED;
    Packet last = context.last();
    if (last == null || last.done()) signal(fence, value);
    else last.signals().add(new Packet.Signal(fence, value));
    return NtStatus.SUCCESS;
  }

  /** Sets a fence and lets those go on who waited for it. */
  public void signal(MonitoredFence fence, long value) {
    fence.set(value);
    wakeWaiters(fence);
    recheckWaits = true;
    pump();
  }

  /** Ends a fence of a device: those who wait for it are released. */
  public void destroyFence(SchedulingDevice device, MonitoredFence fence) {
    device.remove(fence);
    fence.destroy();
    wakeWaiters(fence);
    recheckWaits = true;
    pump();
  }

  /** Blocks the current thread until the fence has the value or {@code device} is in error. */
  public NtStatus waitFromCpu(SchedulingDevice device, MonitoredFence fence, long value) {
    while (!device.inError() && !fence.reached(value)) {
      MonitoredFence.Waiter waiter = fence.addWaiter(device, value, signaller(fence, value));
      cpu.await(waiter.queue());
      fence.removeWaiter(waiter);
    }
    return device.inError() ? NtStatus.DEVICE_REMOVED : NtStatus.SUCCESS;
  }

  /** Who is to let a fence reach a value, for whoever reads that a thread still waits. */
  private String signaller(MonitoredFence fence, long value) {
    for (Node node : nodes) {
      for (Packet.Dma packet : node.inHardware()) {
        if (packet.willSignal(fence, value)) {
          return "packet %d of node %d".formatted(packet.fenceId(), node.ordinal());
        }
      }
      for (SchedulingContext context : node.contexts()) {
        if (context.queue().stream().anyMatch(packet -> packet.willSignal(fence, value))) {
          return "a packet that is queued for node " + node.ordinal();
        }
      }
    }
    return "nobody yet";
  }

  /** Drops what the context was given and the hardware does not have yet; nobody is signalled. */
  public void cancel(SchedulingContext context) {
    for (Packet dropped; (dropped = context.queue().poll()) != null; ) {
      dropped.signals().clear();
      finish(dropped);
    }
  }

  /** Blocks the current thread until what the context was given before is done. */
  public void drain(SchedulingContext context) {
    Packet last = context.last();
    while (last != null && !last.done()) cpu.await(context.progress());
  }

  /** Blocks the current thread until what all contexts of a device were given before is done. */
  public void drain(SchedulingDevice device) {
    List.copyOf(device.contexts()).forEach(this::drain);
  }

  /** Whether the hardware has nothing in hand and nothing is queued. */
  public boolean idle() {
    return nodes.stream()
        .allMatch(
            node ->
                node.inHardware().isEmpty()
                    && node.contexts().stream().allMatch(context -> context.queue().isEmpty()));
  }

  /**
   * The driver reported that a packet of a node and all before it are done. Their commands may have
   * written fences, too.
   */
  public void dmaCompleted(int nodeOrdinal, int fenceId) {
    Node node = nodes.get(nodeOrdinal);
    node.report(fenceId);
    var inHardware = node.inHardware();
    while (!inHardware.isEmpty() && fenceId - inHardware.peek().fenceId() >= 0) {
      finish(inHardware.poll());
    }
    finishRejected(node);
    for (SchedulingDevice device : devices) device.fences().forEach(this::wakeWaiters);
    recheckWaits = true;
    pump();
  }

  /** Submits whatever can be submitted; signals on the way may make more possible. */
  private void pump() {
    if (pumping) return;
    pumping = true;
    do {
      recheckWaits = false;
      nodes.forEach(this::pump);
    } while (recheckWaits);
    pumping = false;
  }

  private void pump(Node node) {
    while (node.inHardware().size() < packetsPerNode) {
      SchedulingContext context = node.pick(this::ready);
      if (context == null) return;
      submit(node, (Packet.Dma) context.queue().poll());
    }
  }

  /** Whether commands stand at the head of the queue, after waits that are over were removed. */
  private boolean ready(SchedulingContext context) {
    while (context.queue().peek() instanceof Packet.Wait wait && wait.satisfied()) {
      finish(context.queue().poll());
    }
    return context.queue().peek() instanceof Packet.Dma;
  }

  private void submit(Node node, Packet.Dma packet) {
    SchedulingContext context = packet.context();
    packet.assign(node.nextFenceId());
    node.inHardware().add(packet);
    NtStatus status =
        kmd.call(
                new SubmitCommandVirtual(
                    context.handle(),
                    packet.address(),
                    packet.lengthBytes(),
                    packet.privateData(),
                    packet.fenceId(),
                    new SubmitCommandVirtual.Flags(context.paging(), false),
                    0,
                    node.ordinal()))
            .status();
    if (status.equals(NtStatus.SUCCESS)) return;
    if (!status.equals(NtStatus.INVALID_PARAMETER)) {
      throw new BugCheck("0x119 (2): SubmitCommandVirtual: " + status);
    }
    packet.reject();
    fail(context.device());
    finishRejected(node);
  }

  /** A device is lost: its queues are dropped and everybody who waits for it is released. */
  private void fail(SchedulingDevice device) {
    if (device.inError()) return;
    device.fail();
    for (SchedulingContext context : device.contexts()) {
      cancel(context);
    }
    for (MonitoredFence fence : device.fences()) {
      fence.set(MonitoredFence.MAXIMUM);
      wakeWaiters(fence);
    }
    device.waiters().forEach(waiter -> cpu.wakeAll(waiter.queue()));
    recheckWaits = true;
  }

  private void finishRejected(Node node) {
    var inHardware = node.inHardware();
    while (!inHardware.isEmpty() && inHardware.peek().rejected()) finish(inHardware.poll());
  }

  private void finish(Packet packet) {
    packet.markDone();
    SchedulingContext context = packet.context();
    cpu.wakeAll(context.progress());
    if (context.device().inError()) return;
    for (Packet.Signal signal : packet.signals()) signal(signal.fence(), signal.value());
  }

  private void wakeWaiters(MonitoredFence fence) {
    for (MonitoredFence.Waiter waiter : fence.waiters()) {
      if (fence.reached(waiter.target())) cpu.wakeAll(waiter.queue());
    }
  }
}

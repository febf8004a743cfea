package dev.systole.driver.dxgk.vidsch;

import dev.systole.driver.cpu.WaitQueue;
import dev.systole.driver.door.KernelHandle;
import java.util.ArrayDeque;

/** A context's queue. */
public final class SchedulingContext {
  private final SchedulingDevice device;
  private final KernelHandle.KmdContext handle;
  private final int node;
  private final boolean paging;
  private final ArrayDeque<Packet> queue = new ArrayDeque<>();
  private final WaitQueue progress;

  /** The packet that was queued last; null before the first. */
  private Packet last;

  SchedulingContext(
      SchedulingDevice device, KernelHandle.KmdContext handle, int node, boolean paging) {
    this.device = device;
    this.handle = handle;
    this.node = node;
    this.paging = paging;
    this.progress = new WaitQueue("packets of a context on node " + node);
  }

  SchedulingDevice device() {
    return device;
  }

  KernelHandle.KmdContext handle() {
    return handle;
  }

  int node() {
    return node;
  }

  /** Whether it is a system context for paging, which goes before all others. */
  boolean paging() {
    return paging;
  }

  ArrayDeque<Packet> queue() {
    return queue;
  }

  /** Woken when a packet is done. */
  WaitQueue progress() {
    return progress;
  }

  Packet last() {
    return last;
  }

  void append(Packet packet) {
    queue.add(packet);
    last = packet;
  }
}

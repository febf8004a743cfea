package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.ddi.GpuPhysicalAddress;
import dev.systole.driver.ddi.PageTableEntry;
import dev.systole.driver.ddi.PagingOperation;
import dev.systole.driver.ddi.PagingOperation.FillVirtual;
import dev.systole.driver.ddi.PagingOperation.FlushTlb;
import dev.systole.driver.ddi.PagingOperation.TransferDirection;
import dev.systole.driver.ddi.PagingOperation.TransferVirtual;
import dev.systole.driver.dxgk.vidmm.VidMmAllocation.Location;
import dev.systole.driver.dxgk.vidsch.Scheduler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;

/**
 * Moves allocations and writes their page tables. Only the worker uses it, so that one operation is
 * done before the next one begins.
 */
final class Pager {
  private final Cpu cpu;
  private final SystemMemory memory;
  private final Scheduler scheduler;
  private final Segment segment;
  private final PagingProcess pagingProcess;
  private final PagingBuffer buffer;

  /** Residents of the memory segment, in the order in which they came. */
  private final SequencedSet<VidMmAllocation> inSegment = new LinkedHashSet<>();

  Pager(
      Cpu cpu,
      SystemMemory memory,
      Scheduler scheduler,
      Segment segment,
      PagingProcess pagingProcess,
      PagingBuffer buffer) {
    this.cpu = cpu;
    this.memory = memory;
    this.scheduler = scheduler;
    this.segment = segment;
    this.pagingProcess = pagingProcess;
    this.buffer = buffer;
  }

  void run(List<? extends PagingOperation> operations) {
    buffer.addAll(operations);
    buffer.run();
  }

  /** Where a byte of the content lies; content that never was is made, zeroed, in system memory. */
  long busAddress(VidMmAllocation allocation, long offsetBytes) {
    commit(allocation);
    return switch (allocation.location()) {
      case Location.InSystem there -> there.busAddress() + offsetBytes;
      case Location.InSegment there -> segment.cpuAddress(there.offsetBytes() + offsetBytes);
      case Location.Nowhere _ -> throw new IllegalStateException("content was not committed");
    };
  }

  /** Brings the content to a place where the GPU may use it, and lets the page tables say so. */
  void pageIn(VidMmAllocation allocation) {
    if (allocation.resident() || allocation.references() == 0) return;
    boolean wantsSegment = allocation.info().preferredSegment() == segment.at(0).segmentId();
    OptionalLong place = wantsSegment ? makeRoom(allocation) : OptionalLong.empty();
    if (place.isPresent()) moveIn(allocation, place.getAsLong());
    else commit(allocation);
    allocation.resident(true);
    allocation.mappings().forEach(this::writeEntries);
    buffer.run();
  }

  /** Takes the content away from the GPU: out of the segment, and out of the page tables. */
  void evict(VidMmAllocation allocation) {
    if (!allocation.resident() || allocation.references() > 0) return;
    scheduler.drain(allocation.device());
    if (allocation.references() > 0) return;
    allocation.resident(false);
    allocation.mappings().forEach(this::clearEntries);
    if (allocation.location() instanceof Location.InSegment there) moveOut(allocation, there);
    buffer.run();
  }

  /** Lets the page tables show a mapping that was made while its allocation was resident. */
  void map(GpuMapping mapping) {
    if (!mapping.allocation().resident() || mapping.written()) return;
    writeEntries(mapping);
    buffer.run();
  }

  /** Takes a mapping out of the page tables and its addresses back. */
  void unmap(GpuMapping mapping) {
    clearEntries(mapping);
    buffer.run();
    mapping.allocation().mappings().remove(mapping);
    mapping.space().remove(mapping);
  }

  /** Gives the memory of an allocation back, whatever it holds. */
  void discard(VidMmAllocation allocation) {
    switch (allocation.location()) {
      case Location.InSystem there -> memory.freePages(there.busAddress(), allocation.pages());
      case Location.InSegment there -> leaveSegment(allocation, there);
      case Location.Nowhere _ -> {}
    }
    allocation.location(new Location.Nowhere());
    allocation.resident(false);
  }

  private void commit(VidMmAllocation allocation) {
    if (!(allocation.location() instanceof Location.Nowhere)) return;
    allocation.location(new Location.InSystem(memory.allocatePages(allocation.pages())));
  }

  /** A place in the segment, if evicting what nobody refers to any more can make one. */
  private OptionalLong makeRoom(VidMmAllocation allocation) {
    OptionalLong place = allocate(allocation);
    for (VidMmAllocation victim : List.copyOf(inSegment)) {
      if (place.isPresent()) break;
      evict(victim);
      place = allocate(allocation);
    }
    return place;
  }

  private OptionalLong allocate(VidMmAllocation allocation) {
    return segment.allocate(allocation.sizeBytes(), allocation.info().alignmentBytes());
  }

  private void moveIn(VidMmAllocation allocation, long offsetBytes) {
    allocation.moving(true);
    switch (allocation.location()) {
      case Location.InSystem from -> {
        transfer(allocation, from.busAddress(), offsetBytes, TransferDirection.SYSTEM_TO_LOCAL);
        memory.freePages(from.busAddress(), allocation.pages());
      }
      case Location.Nowhere _ -> fill(allocation, offsetBytes);
      case Location.InSegment _ -> throw new IllegalStateException("it is in the segment already");
    }
    inSegment.add(allocation);
    arrive(allocation, new Location.InSegment(offsetBytes));
  }

  private void moveOut(VidMmAllocation allocation, Location.InSegment from) {
    allocation.moving(true);
    long busAddress = memory.allocatePages(allocation.pages());
    transfer(allocation, busAddress, from.offsetBytes(), TransferDirection.LOCAL_TO_SYSTEM);
    leaveSegment(allocation, from);
    arrive(allocation, new Location.InSystem(busAddress));
  }

  private void leaveSegment(VidMmAllocation allocation, Location.InSegment from) {
    segment.free(from.offsetBytes(), allocation.sizeBytes());
    inSegment.remove(allocation);
  }

  private void arrive(VidMmAllocation allocation, Location there) {
    allocation.location(there);
    allocation.moving(false);
    cpu.wakeAll(allocation.moved());
  }

  private void fill(VidMmAllocation allocation, long offsetBytes) {
    buffer.add(
        new FillVirtual(
            allocation.handle(),
            0,
            allocation.sizeBytes(),
            0,
            pagingProcess.windowAddress(offsetBytes)));
    buffer.run();
  }

  /** Copies between system memory and the segment, as much at a time as the scratch area shows. */
  private void transfer(
      VidMmAllocation allocation,
      long busAddress,
      long segmentOffsetBytes,
      TransferDirection direction) {
    long size = allocation.sizeBytes();
    for (long done = 0; done < size; done += PagingProcess.SCRATCH_BYTES) {
      long bytes = Math.min(size - done, PagingProcess.SCRATCH_BYTES);
      pagingProcess.showInScratch(buffer, busAddress + done, bytes);
      long system = pagingProcess.scratchAddress();
      long local = pagingProcess.windowAddress(segmentOffsetBytes + done);
      boolean out = direction == TransferDirection.LOCAL_TO_SYSTEM;
      buffer.add(
          new TransferVirtual(
              allocation.handle(),
              done,
              bytes,
              out ? local : system,
              out ? system : local,
              direction));
    }
    buffer.run();
  }

  private void writeEntries(GpuMapping mapping) {
    VidMmAllocation allocation = mapping.allocation();
    GpuPhysicalAddress start =
        switch (allocation.location()) {
          case Location.InSystem there ->
              new GpuPhysicalAddress(0, there.busAddress() + mapping.offsetBytes());
          case Location.InSegment there -> segment.at(there.offsetBytes() + mapping.offsetBytes());
          case Location.Nowhere _ -> throw new IllegalStateException("nothing to map");
        };
    List<PageTableEntry> entries = PagingProcess.entries(start, mapping.sizeBytes());
    PageTableTree tree = mapping.space().tree();
    buffer.addAll(tree.map(allocation.handle(), mapping.offsetBytes(), mapping.address(), entries));
    flushTlb(mapping);
    mapping.written(true);
  }

  private void clearEntries(GpuMapping mapping) {
    if (!mapping.written()) return;
    PageTableTree tree = mapping.space().tree();
    buffer.addAll(tree.unmap(mapping.allocation().handle(), mapping.address(), mapping.pages()));
    flushTlb(mapping);
    mapping.written(false);
  }

  private void flushTlb(GpuMapping mapping) {
    PageTableTree tree = mapping.space().tree();
    buffer.add(new FlushTlb(tree.root(), tree.process(), mapping.address(), mapping.endAddress()));
  }
}

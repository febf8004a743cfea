package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.WaitQueue;
import dev.systole.driver.ddi.CreateAllocation;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidsch.Scheduler;
import dev.systole.driver.dxgk.vidsch.SchedulingContext;
import dev.systole.driver.dxgk.vidsch.SchedulingDevice;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The video memory manager of one adapter, as the rest of Dxgkrnl sees it. */
public final class VidMm {
  /**
   * What the driver said of its memory.
   *
   * @param segmentId the memory segment
   * @param segmentCpuAddress its kernel address
   * @param commitLimitBytes how much system memory may be resident besides
   * @param pagingBufferBytes size of a paging buffer
   */
  public record Model(
      int segmentId,
      long segmentCpuAddress,
      long segmentBytes,
      long commitLimitBytes,
      int pagingBufferBytes,
      int virtualAddressBits,
      int pageTableLevels,
      int pageTableIndexBits) {}

  /** The process, the context and its queue in which paging buffers run. */
  public record PagingContext(
      KernelHandle.KmdProcess process, KernelHandle.KmdContext context, SchedulingContext queue) {}

  /** Result of an operation that may go on for a while: PENDING until the paging fence says so. */
  public record Pending(NtStatus status, long pagingFenceValue) {}

  /** A virtual address, or why there is none. */
  public record Mapped(NtStatus status, long address, long pagingFenceValue) {}

  /** Something for the worker; {@code queue} is null when a thread waits for it. */
  private record Task(Runnable work, PagingQueue queue, long value) {}

  private final Cpu cpu;
  private final Scheduler scheduler;
  private final Model model;
  private final Segment segment;
  private final PagingProcess pagingProcess;
  private final Pager pager;
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private final WaitQueue work = new WaitQueue("paging operations");
  private long residentBytes;

  /**
   * Makes the page tables of the paging process and starts the worker. PASSIVE_LEVEL.
   *
   * @param newPagingContext makes another paging context and destroys the one before, which a reset
   *     has taken
   */
  public VidMm(
      Cpu cpu,
      SystemMemory memory,
      DdiDoor kmd,
      KernelHandle.KmdAdapter adapter,
      Scheduler scheduler,
      Model model,
      PagingContext paging,
      Supplier<PagingContext> newPagingContext) {
    this.cpu = cpu;
    this.scheduler = scheduler;
    this.model = model;
    segment = new Segment(model.segmentId(), model.segmentCpuAddress(), model.segmentBytes());
    pagingProcess =
        new PagingProcess(
            paging.process(), segment, model.pageTableLevels(), model.pageTableIndexBits());
    pagingProcess.initialize(kmd, adapter, paging.context());
    var buffer =
        new PagingBuffer(
            kmd,
            adapter,
            scheduler,
            memory,
            place(model.pagingBufferBytes()),
            place(SystemMemory.PAGE_BYTES),
            paging,
            () -> replace(kmd, adapter, newPagingContext));
    pager = new Pager(cpu, memory, scheduler, segment, pagingProcess, buffer);
    cpu.startDaemon("VidMm worker", this::work);
  }

  private PagingBuffer.Place place(int bytes) {
    long offset = segment.allocateTables(bytes).orElseThrow();
    return new PagingBuffer.Place(
        segment.cpuAddress(offset), pagingProcess.windowAddress(offset), bytes);
  }

  private PagingContext replace(
      DdiDoor kmd, KernelHandle.KmdAdapter adapter, Supplier<PagingContext> newPagingContext) {
    PagingContext fresh = newPagingContext.get();
    pagingProcess.giveTables(kmd, adapter, fresh.context());
    return fresh;
  }

  /** An address space without mappings, or null when there is no room for its root table. */
  public AddressSpace createAddressSpace(KernelHandle.KmdProcess process) {
    var tree =
        new PageTableTree(process, segment, model.pageTableLevels(), model.pageTableIndexBits());
    tree.updateWithGpu(pagingProcess::windowAddress);
    if (!tree.prepare(0, SystemMemory.PAGE_BYTES)) {
      tree.free();
      return null;
    }
    enqueue(new Task(() -> pager.run(tree.fillRoot()), null, 0));
    return new AddressSpace(tree, model.virtualAddressBits());
  }

  /** Gives the page tables of a process back; no context uses them any more. */
  public void destroyAddressSpace(AddressSpace space) {
    await(space.tree()::free);
  }

  /** An allocation without content, not resident. */
  public VidMmAllocation createAllocation(SchedulingDevice device, CreateAllocation.Info info) {
    return new VidMmAllocation(device, info);
  }

  /** Takes an allocation's addresses and memory away, once its device does not use it any more. */
  public void destroyAllocation(VidMmAllocation allocation) {
    scheduler.drain(allocation.device());
    await(
        () -> {
          for (GpuMapping mapping : List.copyOf(allocation.mappings())) pager.unmap(mapping);
          pager.discard(allocation);
        });
    if (allocation.references() > 0) residentBytes -= allocation.sizeBytes();
  }

  /** Gives pages of an allocation an address; see the thunk for the bounds. */
  public Mapped map(
      PagingQueue queue,
      AddressSpace space,
      VidMmAllocation allocation,
      long offsetPages,
      long pages,
      long baseAddress,
      long minimumAddress,
      long maximumAddress) {
    boolean inside = offsetPages >= 0 && pages > 0 && pages <= allocation.pages() - offsetPages;
    boolean aligned = (baseAddress & (SystemMemory.PAGE_BYTES - 1)) == 0;
    if (!inside || !aligned) return new Mapped(NtStatus.INVALID_PARAMETER, 0, 0);
    long bytes = pages * SystemMemory.PAGE_BYTES;
    OptionalLong address = space.take(baseAddress, minimumAddress, maximumAddress, bytes);
    if (address.isEmpty()) return new Mapped(NtStatus.NO_MEMORY, 0, 0);
    var mapping = new GpuMapping(space, allocation, address.getAsLong(), offsetPages, (int) pages);
    space.add(mapping);
    allocation.mappings().add(mapping);
    if (allocation.references() == 0) {
      return new Mapped(NtStatus.SUCCESS, mapping.address(), 0);
    }
    long value = enqueue(queue, () -> pager.map(mapping));
    return new Mapped(NtStatus.PENDING, mapping.address(), value);
  }

  /** Gives an allocation that stays in system memory an address for good, if one is free. */
  public OptionalLong pin(AddressSpace space, VidMmAllocation allocation) {
    OptionalLong address = space.take(0, 0, 0, allocation.sizeBytes());
    if (address.isEmpty()) return address;
    var mapping = new GpuMapping(space, allocation, address.getAsLong(), 0, allocation.pages());
    space.add(mapping);
    allocation.mappings().add(mapping);
    allocation.reference();
    residentBytes += allocation.sizeBytes();
    enqueue(new Task(() -> pager.pageIn(allocation), null, 0));
    return address;
  }

  /** Takes an address back; false when no mapping has it and that size. */
  public boolean unmap(AddressSpace space, long address, long bytes) {
    GpuMapping mapping = space.mapping(address, bytes);
    if (mapping == null) return false;
    scheduler.drain(mapping.allocation().device());
    await(() -> pager.unmap(mapping));
    return true;
  }

  /** How many bytes must go before these allocations can be resident. */
  public long bytesToTrim(List<VidMmAllocation> allocations) {
    long wanted =
        allocations.stream()
            .distinct()
            .filter(allocation -> allocation.references() == 0)
            .mapToLong(VidMmAllocation::sizeBytes)
            .sum();
    return Math.max(0, residentBytes + wanted - model.segmentBytes() - model.commitLimitBytes());
  }

  /** Adds a reference to each allocation, all of which there is room for. */
  public Pending makeResident(PagingQueue queue, List<VidMmAllocation> allocations) {
    for (VidMmAllocation allocation : allocations) {
      if (allocation.references() == 0) residentBytes += allocation.sizeBytes();
      allocation.reference();
    }
    if (allocations.stream().allMatch(VidMmAllocation::resident)) {
      return new Pending(NtStatus.SUCCESS, 0);
    }
    var all = List.copyOf(allocations);
    return new Pending(NtStatus.PENDING, enqueue(queue, () -> all.forEach(pager::pageIn)));
  }

  /** Takes a reference from each allocation; false, and nothing is changed, when one has none. */
  public boolean evict(List<VidMmAllocation> allocations, boolean onlyIfNecessary) {
    for (int i = 0; i < allocations.size(); i++) {
      if (allocations.get(i).references() == 0) {
        allocations.subList(0, i).forEach(VidMmAllocation::reference);
        return false;
      }
      allocations.get(i).dereference();
    }
    for (VidMmAllocation allocation : new LinkedHashSet<>(allocations)) {
      if (allocation.references() > 0) continue;
      residentBytes -= allocation.sizeBytes();
      if (onlyIfNecessary) continue;
      enqueue(new Task(() -> pager.evict(allocation), null, 0));
    }
    return true;
  }

  /** Waits until the operations that were queued before are done. */
  public void drain() {
    await(() -> {});
  }

  /** Where a byte of an allocation lies at the moment. May block while the allocation moves. */
  public long busAddress(VidMmAllocation allocation, long offsetBytes) {
    while (allocation.moving()) cpu.await(allocation.moved());
    return pager.busAddress(allocation, offsetBytes);
  }

  private long enqueue(PagingQueue queue, Runnable operation) {
    long value = queue.nextValue();
    enqueue(new Task(operation, queue, value));
    return value;
  }

  private void enqueue(Task task) {
    tasks.add(task);
    cpu.wakeOne(work);
  }

  /** Lets the worker do something and waits for its end. */
  private void await(Runnable operation) {
    var done = new WaitQueue("the VidMm worker");
    var finished = new boolean[1];
    enqueue(
        new Task(
            () -> {
              operation.run();
              finished[0] = true;
              cpu.wakeAll(done);
            },
            null,
            0));
    while (!finished[0]) cpu.await(done);
  }

  private void work() {
    while (true) {
      while (tasks.isEmpty()) cpu.await(work);
      Task task = tasks.poll();
      task.work().run();
      if (task.queue() != null) scheduler.signal(task.queue().fence(), task.value());
    }
  }
}

package dev.systole.driver.ddi;

import dev.systole.driver.door.Bit;
import dev.systole.driver.door.KernelHandle;
import java.util.List;

/** What {@link BuildPagingBuffer} is asked to do: its union, by operation (wddm.md 3.1). */
public sealed interface PagingOperation {
  /**
   * DXGK_OPERATION_VIRTUAL_TRANSFER: a copy within the paging process's address space.
   *
   * @param allocation whose content moves
   */
  record TransferVirtual(
      KernelHandle.KmdAllocation allocation,
      long allocationOffsetBytes,
      long transferBytes,
      long sourceVirtualAddress,
      long destinationVirtualAddress,
      TransferDirection direction)
      implements PagingOperation {}

  /** DXGK_MEMORY_TRANSFER_DIRECTION, in the order of its values. */
  enum TransferDirection {
    LOCAL_TO_SYSTEM,
    SYSTEM_TO_LOCAL,
    LOCAL_TO_LOCAL
  }

  /** DXGK_OPERATION_VIRTUAL_FILL with a 32-bit pattern. */
  record FillVirtual(
      KernelHandle.KmdAllocation allocation,
      long allocationOffsetBytes,
      long fillBytes,
      int fillPattern,
      long destinationVirtualAddress)
      implements PagingOperation {}

  /**
   * DXGK_OPERATION_UPDATE_PAGE_TABLE: writes a run of entries of one table.
   *
   * @param pageTableLevel 0: the entries point to pages
   * @param pageTableAddress place of the table: a kernel address or one of the paging process, as
   *     {@code updateMode} says
   * @param entries the new entries; only one when it is to be repeated
   * @param entryCount how many entries to write
   * @param process whose table it is
   */
  record UpdatePageTable(
      int pageTableLevel,
      KernelHandle.KmdAllocation allocation,
      long pageTableAddress,
      List<PageTableEntry> entries,
      int startIndex,
      int entryCount,
      UpdateFlags flags,
      long allocationOffsetBytes,
      KernelHandle.KmdProcess process,
      PageTableUpdateMode updateMode,
      long firstPteVirtualAddress)
      implements PagingOperation {
    public UpdatePageTable {
      entries = List.copyOf(entries);
    }
  }

  /** DXGK_UPDATEPAGETABLEFLAGS. */
  record UpdateFlags(@Bit(0) boolean repeat, @Bit(1) boolean initialUpdate) {}

  /** DXGK_PAGETABLEUPDATEMODE, in the order of its values. */
  enum PageTableUpdateMode {
    CPU_VIRTUAL,
    GPU_VIRTUAL,
    GPU_PHYSICAL
  }

  /** DXGK_OPERATION_FLUSH_TLB for a range of addresses of a process. */
  record FlushTlb(
      GpuPhysicalAddress rootPageTable,
      KernelHandle.KmdProcess process,
      long startVirtualAddress,
      long endVirtualAddress)
      implements PagingOperation {}
}

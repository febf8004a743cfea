package dev.systole.driver.dxgk;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.CreateAllocation;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.dxgk.vidmm.VidMm;
import dev.systole.driver.dxgk.vidmm.VidMmAllocation;
import dev.systole.driver.dxgk.vidsch.SchedulingDevice;
import java.util.BitSet;
import java.util.OptionalLong;

/** The page of system memory that holds the values of a device's monitored fences. */
final class FencePage {
  private static final int SLOTS = SystemMemory.PAGE_BYTES / Long.BYTES;

  private final VidMm vidMm;
  private final VidMmAllocation page;
  private final long gpuVirtualAddress;
  private final BitSet taken = new BitSet(SLOTS);

  private FencePage(VidMm vidMm, VidMmAllocation page, long gpuVirtualAddress) {
    this.vidMm = vidMm;
    this.page = page;
    this.gpuVirtualAddress = gpuVirtualAddress;
  }

  /** A page for a device, or null when its process has no address for it. */
  static FencePage create(OpenAdapter adapter, SchedulingDevice device) {
    VidMm vidMm = adapter.adapter().vidMm();
    VidMmAllocation page =
        vidMm.createAllocation(
            device,
            new CreateAllocation.Info(
                new KernelHandle.KmdAllocation(0),
                SystemMemory.PAGE_BYTES,
                SystemMemory.PAGE_BYTES,
                0,
                0,
                new CreateAllocation.Flags(true, true, false, false)));
    OptionalLong address = vidMm.pin(adapter.space(), page);
    return address.isPresent() ? new FencePage(vidMm, page, address.getAsLong()) : null;
  }

  /** A free slot, or -1 when there is none. */
  int take() {
    int slot = taken.nextClearBit(0);
    if (slot == SLOTS) return -1;
    taken.set(slot);
    return slot;
  }

  void giveBack(int slot) {
    taken.clear(slot);
  }

  long busAddress(int slot) {
    return vidMm.busAddress(page, (long) slot * Long.BYTES);
  }

  long gpuVirtualAddress(int slot) {
    return gpuVirtualAddress + (long) slot * Long.BYTES;
  }

  /** Gives the page back. */
  void destroy() {
    vidMm.destroyAllocation(page);
  }
}

package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.WaitQueue;
import dev.systole.driver.ddi.CreateAllocation;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.dxgk.vidsch.SchedulingDevice;
import java.util.ArrayList;
import java.util.List;

/** An allocation: its content lies somewhere, and page tables point there while it is resident. */
public final class VidMmAllocation {
  /** Where the content lies. */
  sealed interface Location {
    /** There is none yet. */
    record Nowhere() implements Location {}

    /** In system memory, from a bus address on. */
    record InSystem(long busAddress) implements Location {}

    /** In the memory segment, from an offset on. */
    record InSegment(long offsetBytes) implements Location {}
  }

  private final SchedulingDevice device;
  private final KernelHandle.KmdAllocation handle;
  private final CreateAllocation.Info info;
  private final List<GpuMapping> mappings = new ArrayList<>();
  private final WaitQueue moved = new WaitQueue("an allocation that moves");
  private Location location = new Location.Nowhere();
  private int references;
  private boolean resident;
  private boolean moving;

  VidMmAllocation(SchedulingDevice device, CreateAllocation.Info info) {
    this.device = device;
    this.handle = info.allocation();
    this.info = info;
  }

  SchedulingDevice device() {
    return device;
  }

  /** The driver's handle. */
  public KernelHandle.KmdAllocation handle() {
    return handle;
  }

  /** What the driver said when it was created. */
  CreateAllocation.Info info() {
    return info;
  }

  int pages() {
    return (int) (sizeBytes() / SystemMemory.PAGE_BYTES);
  }

  /** Its size: whole pages. */
  public long sizeBytes() {
    return -(-info.sizeBytes() & -SystemMemory.PAGE_BYTES);
  }

  List<GpuMapping> mappings() {
    return mappings;
  }

  Location location() {
    return location;
  }

  void location(Location now) {
    location = now;
  }

  /** How many MakeResident calls have no Evict yet. */
  int references() {
    return references;
  }

  void reference() {
    references++;
  }

  void dereference() {
    references--;
  }

  boolean resident() {
    return resident;
  }

  void resident(boolean now) {
    resident = now;
  }

  boolean moving() {
    return moving;
  }

  void moving(boolean now) {
    moving = now;
  }

  /** Woken when a move ends. */
  WaitQueue moved() {
    return moved;
  }
}

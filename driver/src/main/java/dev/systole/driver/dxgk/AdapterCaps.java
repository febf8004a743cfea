package dev.systole.driver.dxgk;

import dev.systole.driver.ddi.caps.DriverCaps;
import dev.systole.driver.ddi.caps.GpuMmuCaps;
import dev.systole.driver.ddi.caps.PageTableLevelDesc;
import dev.systole.driver.ddi.caps.PhysicalAdapterCaps;
import dev.systole.driver.ddi.caps.QuerySegmentOut4;
import dev.systole.driver.ddi.caps.SegmentDescriptor4;
import java.util.List;

/** What a driver answered when its adapter started. */
record AdapterCaps(
    DriverCaps driver,
    PhysicalAdapterCaps physical,
    QuerySegmentOut4 paging,
    List<SegmentDescriptor4> segments,
    GpuMmuCaps mmu,
    List<PageTableLevelDesc> pageTableLevels) {
  AdapterCaps {
    segments = List.copyOf(segments);
    pageTableLevels = List.copyOf(pageTableLevels);
  }

  /** Id of the first segment that is memory and no aperture. */
  int memorySegmentId() {
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).flags().aperture()) return i + 1;
    }
    throw new IllegalStateException("no memory segment");
  }
}

package dev.systole.driver.miniport;

import dev.systole.driver.core.PageTables;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.EngineType;
import dev.systole.driver.ddi.GetNodeMetadata;
import dev.systole.driver.ddi.PagingOperation.PageTableUpdateMode;
import dev.systole.driver.ddi.QueryAdapterInfo;
import dev.systole.driver.ddi.caps.DriverCaps;
import dev.systole.driver.ddi.caps.GpuMmuCaps;
import dev.systole.driver.ddi.caps.PageTableLevel;
import dev.systole.driver.ddi.caps.PageTableLevelDesc;
import dev.systole.driver.ddi.caps.PhysicalAdapterCaps;
import dev.systole.driver.ddi.caps.QuerySegmentOut4;
import dev.systole.driver.ddi.caps.SegmentDescriptor4;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.door.Structure;
import dev.systole.driver.vendor.AdapterDescription;
import dev.systole.spec.Engine;
import java.util.List;

/** What the driver tells of the adapter: a render-only WDDM 2.0 driver with a GPU MMU. */
final class AdapterInfo {
  private static final int PAGING_BUFFER_BYTES = 64 << 10;
  private static final int PACKETS_PER_NODE = 2;
  private static final int VIRTUAL_ADDRESS_BITS = 47;
  private static final int INDEX_BITS = 9;
  private static final long HIGHEST_ADDRESS = (1L << 39) - 1;
  private static final QueryAdapterInfo.Return TOO_SMALL = failure(NtStatus.BUFFER_TOO_SMALL);

  private final List<Engine> nodes;
  private final GraphicsMemory memory;

  /** {@code nodes} are the engines in the order of their node ordinals. */
  AdapterInfo(List<Engine> nodes, GraphicsMemory memory) {
    this.nodes = nodes;
    this.memory = memory;
  }

  /** Unknown input is INVALID_PARAMETER, too little room BUFFER_TOO_SMALL (item 6). */
  QueryAdapterInfo.Return answer(QueryAdapterInfo query) {
    return switch (query.type()) {
      case UMDRIVERPRIVATE ->
          answer(
              query,
              new AdapterDescription(nodes.indexOf(Engine.RCS0), nodes.indexOf(Engine.BCS0)));
      case DRIVERCAPS -> answer(query, driverCaps());
      case QUERYSEGMENT4 -> segments(query);
      case GPUMMUCAPS -> answer(query, mmuCaps());
      case PAGETABLELEVELDESC -> pageTableLevel(query);
      case PHYSICALADAPTERCAPS ->
          answer(
              query,
              new PhysicalAdapterCaps(
                  (short) nodes.size(),
                  (short) nodes.indexOf(Engine.BCS0),
                  new PhysicalAdapterCaps.Flags(false, true)));
    };
  }

  /** Engine type and name of a node. */
  GetNodeMetadata.Return node(GetNodeMetadata call) {
    int ordinal = call.nodeOrdinalAndAdapterIndex();
    if (ordinal < 0 || ordinal >= nodes.size()) {
      return new GetNodeMetadata.Return(
          NtStatus.INVALID_PARAMETER, EngineType.OTHER, "", false, false);
    }
    EngineType type =
        switch (nodes.get(ordinal).engineClass()) {
          case RENDER -> EngineType.RENDER_3D;
          case COPY -> EngineType.COPY;
          case VIDEO -> EngineType.VIDEO_CODEC;
          case VIDEO_ENHANCE -> EngineType.VIDEO_PROCESSING;
          case COMPUTE -> EngineType.OTHER;
        };
    String name = nodes.get(ordinal).kernelName();
    return new GetNodeMetadata.Return(NtStatus.SUCCESS, type, name, true, false);
  }

  private DriverCaps driverCaps() {
    return new DriverCaps(
        HIGHEST_ADDRESS,
        GraphicsMemory.APERTURE_BYTES,
        0,
        new DriverCaps.SchedulingCaps(true, false, true, false, PACKETS_PER_NODE),
        new DriverCaps.MemoryManagementCaps(false, true, true, false),
        nodes.indexOf(Engine.BCS0),
        nodes.size(),
        DriverCaps.WDDM2_0,
        DriverCaps.PREEMPTION_DMA_BUFFER_BOUNDARY,
        DriverCaps.PREEMPTION_DMA_BUFFER_BOUNDARY,
        false);
  }

  /** Phase one has room for the counts only, phase two for the descriptors, too. */
  private QueryAdapterInfo.Return segments(QueryAdapterInfo query) {
    int headerBytes = Structure.sizeBytes(QuerySegmentOut4.class);
    int stride = Structure.sizeBytes(SegmentDescriptor4.class);
    var descriptors = List.of(graphicsMemory(), aperture());
    if (query.outputBytesMax() < headerBytes) return TOO_SMALL;
    if (query.outputBytesMax() == headerBytes) {
      return answer(query, new QuerySegmentOut4(descriptors.size(), 0, 0, 0, 0, 0));
    }
    int bytes = headerBytes + descriptors.size() * stride;
    if (query.outputBytesMax() < bytes) return TOO_SMALL;
    var out =
        new QuerySegmentOut4(
            descriptors.size(),
            headerBytes,
            GraphicsMemory.MEMORY_SEGMENT,
            PAGING_BUFFER_BYTES,
            0,
            stride);
    var answer = new byte[bytes];
    System.arraycopy(Structure.encode(out).toByteArray(), 0, answer, 0, headerBytes);
    for (int i = 0; i < descriptors.size(); i++) {
      byte[] descriptor = Structure.encode(descriptors.get(i)).toByteArray();
      System.arraycopy(descriptor, 0, answer, headerBytes + i * stride, stride);
    }
    return new QueryAdapterInfo.Return(NtStatus.SUCCESS, Blob.of(answer));
  }

  private SegmentDescriptor4 graphicsMemory() {
    return new SegmentDescriptor4(
        new SegmentDescriptor4.Flags(false, false, true, false, false, true, true, true, false),
        0,
        GraphicsMemory.MEMORY_BYTES,
        GraphicsMemory.MEMORY_BYTES,
        memory.busAddress() + GraphicsMemory.MEMORY_BYTES,
        memory.busAddress(),
        0);
  }

  private static SegmentDescriptor4 aperture() {
    return new SegmentDescriptor4(
        new SegmentDescriptor4.Flags(true, false, false, false, true, false, true, false, true),
        0,
        GraphicsMemory.APERTURE_BYTES,
        GraphicsMemory.APERTURE_BYTES,
        0,
        0,
        0);
  }

  /** Every level changes as commands say; entries that map nothing are cached, too. */
  private static GpuMmuCaps mmuCaps() {
    return new GpuMmuCaps(
        new GpuMmuCaps.Flags(false, false, false, true, false, false, false),
        PageTableUpdateMode.GPU_VIRTUAL,
        VIRTUAL_ADDRESS_BITS,
        PageTables.LEVELS);
  }

  private static QueryAdapterInfo.Return pageTableLevel(QueryAdapterInfo query) {
    if (query.input().sizeBytes() < Structure.sizeBytes(PageTableLevel.class)) {
      return failure(NtStatus.INVALID_PARAMETER);
    }
    int level = Structure.decode(PageTableLevel.class, query.input()).level();
    if (level < 0 || level >= PageTables.LEVELS) return failure(NtStatus.INVALID_PARAMETER);
    return answer(
        query,
        new PageTableLevelDesc(
            INDEX_BITS,
            GraphicsMemory.MEMORY_SEGMENT,
            GraphicsMemory.MEMORY_SEGMENT,
            SystemMemory.PAGE_BYTES,
            SystemMemory.PAGE_BYTES));
  }

  private static QueryAdapterInfo.Return answer(QueryAdapterInfo query, Record structure) {
    if (query.outputBytesMax() < Structure.sizeBytes(structure.getClass())) return TOO_SMALL;
    return new QueryAdapterInfo.Return(NtStatus.SUCCESS, Structure.encode(structure));
  }

  private static QueryAdapterInfo.Return failure(NtStatus status) {
    return new QueryAdapterInfo.Return(status, Blob.EMPTY);
  }
}

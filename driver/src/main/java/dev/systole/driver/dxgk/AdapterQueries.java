package dev.systole.driver.dxgk;

import dev.systole.driver.ddi.AdapterInfoType;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.GetNodeMetadata;
import dev.systole.driver.ddi.PagingOperation.PageTableUpdateMode;
import dev.systole.driver.ddi.QueryAdapterInfo;
import dev.systole.driver.ddi.caps.DriverCaps;
import dev.systole.driver.ddi.caps.GpuMmuCaps;
import dev.systole.driver.ddi.caps.PageTableLevel;
import dev.systole.driver.ddi.caps.PageTableLevelDesc;
import dev.systole.driver.ddi.caps.PhysicalAdapterCaps;
import dev.systole.driver.ddi.caps.PhysicalAdapterIndex;
import dev.systole.driver.ddi.caps.QuerySegmentIn4;
import dev.systole.driver.ddi.caps.QuerySegmentOut4;
import dev.systole.driver.ddi.caps.SegmentDescriptor4;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.door.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Asks a started driver for its capabilities, in the order of wddm.md 4.2, steps 6 to 9. */
final class AdapterQueries {
  private static final int SEGMENTS_MAX = 31;
  private static final int NODES_MAX = 64;

  /** A query failed, or its answer cannot be: the start fails. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private final transient NtStatus status;

    Failure(String what, NtStatus status) {
      super(what + ": " + status);
      this.status = status;
    }

    NtStatus status() {
      return status;
    }
  }

  private final DdiDoor kmd;
  private final KernelHandle.KmdAdapter adapter;

  AdapterQueries(DdiDoor kmd, KernelHandle.KmdAdapter adapter) {
    this.kmd = kmd;
    this.adapter = adapter;
  }

  /** All of them. */
  AdapterCaps ask() throws Failure {
    var driver = query(AdapterInfoType.DRIVERCAPS, Blob.EMPTY, DriverCaps.class);
    Blob first = Structure.encode(new PhysicalAdapterIndex(0));
    var physical = query(AdapterInfoType.PHYSICALADAPTERCAPS, first, PhysicalAdapterCaps.class);
    Blob segmentAnswer = querySegments();
    var paging = Structure.decode(QuerySegmentOut4.class, segmentAnswer);
    var segments = segments(paging, segmentAnswer);
    var mmu = query(AdapterInfoType.GPUMMUCAPS, first, GpuMmuCaps.class);
    var levels = new ArrayList<PageTableLevelDesc>();
    for (int level = 0; level < mmu.pageTableLevelCount(); level++) {
      Blob input = Structure.encode(new PageTableLevel(level, 0));
      levels.add(query(AdapterInfoType.PAGETABLELEVELDESC, input, PageTableLevelDesc.class));
    }
    var caps = new AdapterCaps(driver, physical, paging, segments, mmu, levels);
    check(caps);
    askNodes(driver.nbAsymetricProcessingNodes());
    return caps;
  }

  private <T extends Record> T query(AdapterInfoType type, Blob input, Class<T> answer)
      throws Failure {
    return Structure.decode(answer, query(type, input, Structure.sizeBytes(answer)));
  }

  private Blob query(AdapterInfoType type, Blob input, int outputBytesMax) throws Failure {
    var answer =
        kmd.call(
            new QueryAdapterInfo(
                adapter, type, input, outputBytesMax, new KernelHandle.KmdProcess(0)));
    if (!answer.status().succeeded()) throw new Failure(type.name(), answer.status());
    if (answer.output().sizeBytes() != outputBytesMax) {
      throw new Failure(type.name(), NtStatus.BUFFER_TOO_SMALL);
    }
    return answer.output();
  }

  /** The two phases: how many segments there are, then what they are. */
  private Blob querySegments() throws Failure {
    Blob input = Structure.encode(new QuerySegmentIn4(0));
    var count = query(AdapterInfoType.QUERYSEGMENT4, input, QuerySegmentOut4.class);
    require(count.nbSegment() >= 1 && count.nbSegment() <= SEGMENTS_MAX, "1 to 31 segments");
    int bytes =
        Structure.sizeBytes(QuerySegmentOut4.class)
            + count.nbSegment() * Structure.sizeBytes(SegmentDescriptor4.class);
    Blob answer = query(AdapterInfoType.QUERYSEGMENT4, input, bytes);
    int again = Structure.decode(QuerySegmentOut4.class, answer).nbSegment();
    require(again == count.nbSegment(), "the same number of segments twice");
    return answer;
  }

  private static List<SegmentDescriptor4> segments(QuerySegmentOut4 out, Blob answer) {
    return IntStream.range(0, out.nbSegment())
        .map(i -> (int) (out.segmentDescriptors() + i * out.segmentDescriptorStrideBytes()))
        .mapToObj(offset -> Structure.decode(SegmentDescriptor4.class, answer, offset))
        .toList();
  }

  private void askNodes(int nodes) throws Failure {
    for (int node = 0; node < nodes; node++) {
      var answer = kmd.call(new GetNodeMetadata(adapter, node));
      if (!answer.status().succeeded()) {
        throw new Failure("GetNodeMetadata of node " + node, answer.status());
      }
      require(answer.gpuMmuSupported(), "GpuMmuSupported on every node");
    }
  }

  /** The cross-checks of wddm.md part 2 that concern a render-only driver with a GPU MMU. */
  private static void check(AdapterCaps caps) throws Failure {
    require(caps.driver().wddmVersion() == DriverCaps.WDDM2_0, "WDDM 2.0");
    require(caps.driver().memoryManagementCaps().gpuMmuSupported(), "GpuMmuSupported");
    boolean aware = caps.driver().schedulingCaps().multiEngineAware();
    require(!caps.driver().schedulingCaps().preemptionAware() || aware, "MultiEngineAware");
    int nodes = caps.driver().nbAsymetricProcessingNodes();
    require(nodes >= 1 && nodes <= NODES_MAX, "1 to 64 nodes");
    require(caps.physical().numExecutionNodes() == nodes, "all nodes in one physical adapter");
    require(caps.driver().pagingNode() < nodes, "a paging node that exists");
    long apertures = caps.segments().stream().filter(s -> s.flags().aperture()).count();
    require(apertures == 1, "exactly one aperture segment");
    for (SegmentDescriptor4 segment : caps.segments()) {
      var flags = segment.flags();
      require(!flags.cacheCoherent() || flags.aperture(), "CacheCoherent only with Aperture");
      require(!flags.agp(), "no AGP");
    }
    int memory = caps.memorySegmentId();
    require(caps.segments().get(memory - 1).flags().cpuVisible(), "CpuVisible memory");
    require(caps.paging().pagingBufferSegmentId() == memory, "paging buffers in memory");
    require(caps.mmu().pageTableUpdateMode() == PageTableUpdateMode.GPU_VIRTUAL, "GPU_VIRTUAL");
    for (PageTableLevelDesc level : caps.pageTableLevels()) {
      require(level.pageTableSegmentId() == memory, "page tables in the memory segment");
    }
  }

  private static void require(boolean holds, String what) throws Failure {
    if (!holds) throw new Failure("needs " + what, NtStatus.INVALID_PARAMETER);
  }
}

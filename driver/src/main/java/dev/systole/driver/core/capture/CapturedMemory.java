package dev.systole.driver.core.capture;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.mm.GgttRange;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Request;
import dev.systole.errorstate.AddressRange;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import java.util.ArrayList;
import java.util.List;

/** The memory objects of a dump: whole pages, in the order of the dump (i915-kernel.md 1.5). */
final class CapturedMemory {
  private static final long PAGE_MASK = SystemMemory.PAGE_BYTES - 1;
  private static final long ADDRESS_MASK = (1L << 48) - 1;

  private final Gt gt;

  CapturedMemory(Gt gt) {
    this.gt = gt;
  }

  /** The pages that hold a batch. */
  static AddressRange pagesOf(Request.Batch batch) {
    long address = batch.address() & ADDRESS_MASK;
    return new AddressRange(
        address & ~PAGE_MASK, (address + batch.lengthBytes() + PAGE_MASK) & ~PAGE_MASK);
  }

  /** Everything that belongs to a hung request. */
  List<CapturedObject> of(Request request) {
    GpuContext context = request.context();
    String owner = context.engine().kernelName();
    var objects = new ArrayList<CapturedObject>();
    objects.add(object(owner, "HW Status", context.gtEngine().statusPage().page()));
    objects.add(object(owner, "ring", context.ring().pages()));
    objects.add(object(owner, "HW context", context.image().pages()));
    if (request.batch() != null) {
      AddressRange range = pagesOf(request.batch());
      Bytes content = read(context.pageTableRoot(), range);
      objects.add(CapturedObject.of(owner, "batch", range.start(), content));
    }
    return objects;
  }

  private static CapturedObject object(String owner, String name, GgttRange range) {
    long address = Integer.toUnsignedLong(range.ggttAddress());
    return CapturedObject.of(owner, name, address, Bytes.of(range.content()));
  }

  private Bytes read(long pageTableRoot, AddressRange range) {
    var bytes = new byte[(int) (range.end() - range.start())];
    for (int offset = 0; offset < bytes.length; offset += SystemMemory.PAGE_BYTES) {
      long page = gt.pageTables().translate(pageTableRoot, range.start() + offset);
      gt.memory().read(page, bytes, offset, SystemMemory.PAGE_BYTES);
    }
    return Bytes.of(bytes);
  }
}

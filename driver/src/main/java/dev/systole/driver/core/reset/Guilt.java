package dev.systole.driver.core.reset;

import static dev.systole.driver.core.request.GpuContext.ERRNO_IO;

import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.gt.Jiffies;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Request;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens to who hangs the GPU (i915: intel_reset.c: mark_guilty; i915-kernel.md 3.4): the
 * payload is skipped, and the third hang within two minutes bans the context.
 */
public final class Guilt {
  private static final long FAST_HANG_JIFFIES = 120 * Jiffies.HZ;

  private final Gt gt;

  /** The last two hangs of a context, by its number. */
  private final Map<Integer, long[]> lastHangs = new TreeMap<>();

  /** Keeps count for the contexts of {@code gt}. */
  public Guilt(Gt gt) {
    this.gt = gt;
  }

  /** Blames the request that an engine was stuck in. */
  public void blame(Request request) {
    GpuContext context = request.context();
    request.fail(ERRNO_IO);
    gt.health().requestSkipped(context.engine(), context.id(), request.seqno(), ERRNO_IO);
    if (context.ofKernel()) return;
    context.countGuilty();
    gt.log().notice(context.owner() + " context reset due to GPU hang");
    if (hangsTooOften(context)) {
      context.ban();
      gt.health().contextBanned(context.id());
    }
  }

  private boolean hangsTooOften(GpuContext context) {
    long now = gt.jiffies();
    long longAgo = now - FAST_HANG_JIFFIES;
    long[] hangs = lastHangs.computeIfAbsent(context.id(), c -> new long[] {longAgo, longAgo});
    long lastButOne = hangs[0];
    hangs[0] = hangs[1];
    hangs[1] = now;
    return now < lastButOne + FAST_HANG_JIFFIES;
  }
}

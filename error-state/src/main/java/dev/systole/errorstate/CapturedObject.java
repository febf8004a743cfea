package dev.systole.errorstate;

import java.util.OptionalLong;

/**
 * A piece of GPU memory that the driver copied into the error state (i915: i915_gpu_error.c:
 * intel_gpu_error_print_vma).
 *
 * @param owner the engine whose hang it belongs to ({@code rcs0}), or {@link #GLOBAL}
 * @param name the kernel's present name, whatever the file's kernel called it: {@code ring}, {@code
 *     HW context}, {@code batch}, {@code user}, {@code HW Status}, {@code WA context}, …
 * @param address GPU address of its first byte: GGTT for ring, context and status page, PPGTT for
 *     batch and user
 * @param pageSizes mask of the page sizes that map it, where the file says it (only when larger
 *     than 4 KiB)
 * @param payload its content
 */
public record CapturedObject(
    String owner, String name, long address, OptionalLong pageSizes, Payload payload) {
  /** Owner of what belongs to no engine, such as the GuC's log. */
  public static final String GLOBAL = "global";

  /** An object in 4 KiB pages. */
  public static CapturedObject of(String owner, String name, long address, Bytes bytes) {
    return new CapturedObject(owner, name, address, OptionalLong.empty(), Payload.of(bytes));
  }

  /** Its content as far as it is known; opening it costs time on the first call. */
  public Bytes bytes() {
    return payload.bytes();
  }

  /** Whether the captured content holds the byte at that GPU address. */
  public boolean contains(long gpuAddress) {
    return Long.compareUnsigned(gpuAddress - address, bytes().sizeBytes()) < 0;
  }
}

package dev.systole.bridge.aub;

import dev.systole.bridge.aub.AubPacket.MemoryWrite;
import dev.systole.errorstate.Bytes;
import dev.systole.spec.gen12.PageTableStructures;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Memory as an AUB has written it so far: frames of 4 KiB, the GGTT's entries, and the walk through
 * the page tables that lie in the frames (i915-kernel.md part 6). A frame that was never written is
 * not there.
 */
final class AubMemory {
  static final int PAGE_BYTES = 4096;

  /** Beyond it writes are lost: a small file can touch many pages. */
  static final int MAX_FRAMES = 1 << 18;

  private static final VarHandle DWORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle QWORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int PAGE_SHIFT = 12;
  private static final int LEVEL_BITS = 9;
  private static final int LEVELS = 4;
  private static final long FRAME_MASK = 0x3fff_ffff_f000L;
  private static final long LARGE_PAGE_BYTES = 2L << 20;
  private static final long GGTT_ENTRIES = 1L << 20;

  /** Keeps the frames of local memory and of classic files apart from those of the system's. */
  private static final long LOCAL = 1L << 62;

  private static final long FLAT = 1L << 61;

  private final Map<Long, byte[]> frames = new HashMap<>();
  private final Map<Long, Long> ggtt = new HashMap<>();
  private final int maxFrames;
  private long lostBytes;

  AubMemory(int maxFrames) {
    this.maxFrames = maxFrames;
  }

  /** Bytes that could not be stored: no entry of the GGTT led anywhere, or there was no room. */
  long lostBytes() {
    return lostBytes;
  }

  void write(MemoryWrite write) {
    if (write.space() == AubSpace.GGTT_ENTRY) {
      writeEntries(write.address(), write.bytes());
      return;
    }
    byte[] bytes = write.bytes().toByteArray();
    int from = 0;
    while (from < bytes.length) {
      long address = write.address() + from;
      int inPage = (int) (address & PAGE_BYTES - 1);
      int length = Math.min(bytes.length - from, PAGE_BYTES - inPage);
      byte[] frame = frameToWrite(write.space(), address);
      if (frame == null) lostBytes += length;
      else System.arraycopy(bytes, from, frame, inPage, length);
      from += length;
    }
  }

  private byte[] frameToWrite(AubSpace space, long address) {
    OptionalLong frame =
        switch (space) {
          case GGTT -> ggttFrame(address);
          case LOCAL -> OptionalLong.of(address & FRAME_MASK | LOCAL);
          case PHYSICAL -> OptionalLong.of(address & FRAME_MASK);
          case FLAT -> flatFrame(address);
          case GGTT_ENTRY -> OptionalLong.empty();
        };
    if (frame.isEmpty()) return null;
    byte[] known = frames.get(frame.getAsLong());
    if (known != null || frames.size() == maxFrames) return known;
    byte[] fresh = new byte[PAGE_BYTES];
    frames.put(frame.getAsLong(), fresh);
    return fresh;
  }

  private void writeEntries(long address, Bytes bytes) {
    for (int i = 0; i + Long.BYTES <= bytes.sizeBytes(); i += Long.BYTES) {
      long page = address + i >>> 3;
      if (page >= GGTT_ENTRIES) lostBytes += Long.BYTES;
      else ggtt.put(page, bytes.buffer().getLong(i));
    }
  }

  /** The frame behind an address of the GGTT. */
  OptionalLong ggttFrame(long address) {
    Long entry = ggtt.get(address >>> PAGE_SHIFT);
    if (entry == null || (entry & PageTableStructures.GGTT_ENTRY_PRESENT) == 0) {
      return OptionalLong.empty();
    }
    boolean local = (entry & PageTableStructures.GGTT_ENTRY_LOCAL_MEMORY) != 0;
    return OptionalLong.of(entry & FRAME_MASK | (local ? LOCAL : 0));
  }

  /** The frame behind an address of a classic file. */
  static OptionalLong flatFrame(long address) {
    return OptionalLong.of(address & FRAME_MASK | FLAT);
  }

  /**
   * The frame behind an address of a context's own.
   *
   * @param root where the highest of its page tables lies in physical memory
   */
  OptionalLong ppgttFrame(long root, long address) {
    long table = root & FRAME_MASK;
    for (int level = LEVELS - 1; level >= 0; level--) {
      int index = (int) (address >>> PAGE_SHIFT + level * LEVEL_BITS) & (1 << LEVEL_BITS) - 1;
      long entry = entry(table, index);
      if ((entry & PageTableStructures.PAGE_TABLE_ENTRY_PRESENT) == 0) return OptionalLong.empty();
      table = frameOf(entry, level);
      if (level == 1 && (entry & PageTableStructures.PAGE_DIRECTORY_ENTRY_PAGE_SIZE_2_MIB) != 0) {
        return OptionalLong.of(table & -LARGE_PAGE_BYTES | address & LARGE_PAGE_BYTES - PAGE_BYTES);
      }
    }
    return OptionalLong.of(table);
  }

  private static long frameOf(long entry, int level) {
    boolean local = level == 0 && (entry & PageTableStructures.PAGE_TABLE_ENTRY_LOCAL_MEMORY) != 0;
    return entry & FRAME_MASK | (local ? LOCAL : 0);
  }

  private long entry(long table, int index) {
    byte[] frame = frames.get(table);
    if (frame == null) return 0;
    return (long) QWORD.get(frame, index * Long.BYTES);
  }

  /** Whether something was written to a frame. */
  boolean holds(OptionalLong frame) {
    return frame.isPresent() && frames.containsKey(frame.getAsLong());
  }

  /** Copies a frame that {@link #holds}. */
  void read(OptionalLong frame, byte[] target, int offset) {
    System.arraycopy(frames.get(frame.getAsLong()), 0, target, offset, PAGE_BYTES);
  }

  /** The dword at an address of the GGTT, which must be a multiple of four. */
  OptionalInt ggttDword(long address) {
    OptionalLong frame = ggttFrame(address);
    if (!holds(frame)) return OptionalInt.empty();
    int inPage = (int) (address & PAGE_BYTES - 1);
    return OptionalInt.of((int) DWORD.get(frames.get(frame.getAsLong()), inPage));
  }
}

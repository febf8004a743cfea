package dev.systole.gpu.memory;

import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateHash;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/**
 * Sparse memory of a given size: only pages that somebody wrote to take room. Reads beyond its end
 * give ones, writes there are lost. Its hash is kept page by page, so that hashing costs only what
 * was written since.
 */
public final class PagedMemory {
  private static final int LEAF_SHIFT = 10;
  private static final int LEAF_PAGES = 1 << LEAF_SHIFT;
  private static final long LANE_MULTIPLIER = 0x9e3779b97f4a7c15L;

  private final long pageCount;
  private final Page[][] leaves;
  private final Page sink = new Page(null, -1);
  private Page[] dirtyPages = new Page[64];
  private int dirtyCount;
  private int touchedPages;
  private long hash;
  private boolean watchedPageWritten;

  /** Memory of {@code sizeBytes}, a multiple of 4 KiB, that holds zeroes. */
  public PagedMemory(long sizeBytes) {
    pageCount = sizeBytes >>> Page.SHIFT;
    leaves = new Page[(int) (pageCount + LEAF_PAGES - 1 >>> LEAF_SHIFT)][];
  }

  /** Number of pages that take room. */
  public int touchedPages() {
    return touchedPages;
  }

  /** The page at {@code address} to read from; it may not be {@linkplain Page#isReal real}. */
  public Page read(long address) {
    long number = address >>> Page.SHIFT;
    if (number >= pageCount) return Page.ONES;
    Page[] leaf = leaves[(int) (number >>> LEAF_SHIFT)];
    if (leaf == null) return Page.ZEROES;
    Page page = leaf[(int) number & LEAF_PAGES - 1];
    return page == null ? Page.ZEROES : page;
  }

  /** The page at {@code address} to write to; beyond the end it swallows what is written. */
  public Page write(long address) {
    long number = address >>> Page.SHIFT;
    if (number >= pageCount) return sink;
    Page[] leaf = leaves[(int) (number >>> LEAF_SHIFT)];
    Page page = leaf == null ? null : leaf[(int) number & LEAF_PAGES - 1];
    return page == null ? adopt(new Page(this, number)) : page;
  }

  public int load32(long address) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Integer.BYTES) return read(address).load32(offset);
    return (int) loadBytes(address, Integer.BYTES);
  }

  public long load64(long address) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Long.BYTES) return read(address).load64(offset);
    return loadBytes(address, Long.BYTES);
  }

  public void store32(long address, int value) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Integer.BYTES) write(address).store32(offset, value);
    else storeBytes(address, value, Integer.BYTES);
  }

  public void store64(long address, long value) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Long.BYTES) write(address).store64(offset, value);
    else storeBytes(address, value, Long.BYTES);
  }

  /** Copies bytes out, page by page. */
  public void read(long address, byte[] target, int offset, int lengthBytes) {
    while (lengthBytes > 0) {
      int inPage = (int) address & Page.OFFSET_MASK;
      int chunk = Math.min(lengthBytes, Page.BYTES - inPage);
      read(address).read(inPage, target, offset, chunk);
      address += chunk;
      offset += chunk;
      lengthBytes -= chunk;
    }
  }

  /** Copies bytes in, page by page. */
  public void write(long address, byte[] source, int offset, int lengthBytes) {
    while (lengthBytes > 0) {
      int inPage = (int) address & Page.OFFSET_MASK;
      int chunk = Math.min(lengthBytes, Page.BYTES - inPage);
      write(address).write(inPage, source, offset, chunk);
      address += chunk;
      offset += chunk;
      lengthBytes -= chunk;
    }
  }

  /** Zeroes everything; a page that takes room stays itself. */
  public void clear() {
    for (Page[] leaf : leaves) {
      if (leaf == null) continue;
      for (Page page : leaf) {
        if (page != null && !page.isZero()) page.write(0, Page.ZEROES.bytes, 0, Page.BYTES);
      }
    }
  }

  /** Asks that the next write to {@code page} be noticed; see {@link #takeWatchedPageWritten}. */
  public void watch(Page page) {
    if (page.owner != this) return;
    page.watched = true;
    page.armed = true;
  }

  /** Whether a watched page was written since the last call; each watch notices one write. */
  public boolean takeWatchedPageWritten() {
    boolean written = watchedPageWritten;
    watchedPageWritten = false;
    return written;
  }

  void written(Page page) {
    page.armed = false;
    if (page.watched) {
      page.watched = false;
      watchedPageWritten = true;
    }
    if (page.dirty) return;
    page.dirty = true;
    if (dirtyCount == dirtyPages.length) dirtyPages = Arrays.copyOf(dirtyPages, 2 * dirtyCount);
    dirtyPages[dirtyCount++] = page;
  }

  /** A hash of the content; a page of zeroes counts like one that was never touched. */
  public long hash() {
    for (int i = 0; i < dirtyCount; i++) {
      Page page = dirtyPages[i];
      dirtyPages[i] = null;
      hash ^= page.hash;
      page.hash = contentHash(page);
      hash ^= page.hash;
      page.dirty = false;
      page.armed = true;
    }
    dirtyCount = 0;
    return hash;
  }

  private static long contentHash(Page page) {
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int offset = 0; offset < Page.BYTES; offset += 4 * Long.BYTES) {
      a = (a ^ a >>> 32 ^ page.load64(offset)) * LANE_MULTIPLIER;
      b = (b ^ b >>> 32 ^ page.load64(offset + Long.BYTES)) * LANE_MULTIPLIER;
      c = (c ^ c >>> 32 ^ page.load64(offset + 2 * Long.BYTES)) * LANE_MULTIPLIER;
      d = (d ^ d >>> 32 ^ page.load64(offset + 3 * Long.BYTES)) * LANE_MULTIPLIER;
    }
    if ((a | b | c | d) == 0) return 0;
    long lanes = StateHash.mix(StateHash.mix(StateHash.mix(a) + b) + c) + d;
    return StateHash.mix(lanes ^ (page.number + 1) * LANE_MULTIPLIER);
  }

  /** Puts every page that takes room, those of zeroes without their content. */
  public void save(StateSink sink) {
    sink.putInt(touchedPages);
    for (Page[] leaf : leaves) {
      if (leaf == null) continue;
      for (Page page : leaf) {
        if (page == null) continue;
        sink.putLong(page.number);
        boolean zero = page.isZero();
        sink.putBoolean(zero);
        if (!zero) sink.putBytes(page.bytes);
      }
    }
  }

  /** Replaces the content by a saved one. A page that takes room before and after stays itself. */
  public void restore(StateSource source) {
    Page[][] before = leaves.clone();
    Arrays.fill(leaves, null);
    Arrays.fill(dirtyPages, null);
    dirtyCount = 0;
    touchedPages = 0;
    hash = 0;
    byte[] bytes = new byte[Page.BYTES];
    for (int left = source.takeInt(Integer.MAX_VALUE, "number of pages"); left > 0; left--) {
      long number = source.takeLong();
      if (number < 0 || number >= pageCount) {
        throw new StateException("saved state: page %d of %d".formatted(number, pageCount));
      }
      if (source.takeBoolean()) Arrays.fill(bytes, (byte) 0);
      else source.takeBytes(bytes);
      Page[] leaf = before[(int) (number >>> LEAF_SHIFT)];
      Page page = leaf == null ? null : leaf[(int) number & LEAF_PAGES - 1];
      adopt(page == null ? new Page(this, number) : page).write(0, bytes, 0, Page.BYTES);
    }
    watchedPageWritten = false;
  }

  private Page adopt(Page page) {
    int leafIndex = (int) (page.number >>> LEAF_SHIFT);
    if (leaves[leafIndex] == null) leaves[leafIndex] = new Page[LEAF_PAGES];
    leaves[leafIndex][(int) page.number & LEAF_PAGES - 1] = page;
    touchedPages++;
    page.hash = 0;
    page.dirty = false;
    page.watched = false;
    page.armed = true;
    return page;
  }

  private long loadBytes(long address, int lengthBytes) {
    long value = 0;
    for (int i = lengthBytes - 1; i >= 0; i--) {
      long at = address + i;
      value = value << 8 | read(at).load8((int) at & Page.OFFSET_MASK) & 0xff;
    }
    return value;
  }

  private void storeBytes(long address, long value, int lengthBytes) {
    for (int i = 0; i < lengthBytes; i++) {
      long at = address + i;
      write(at).store8((int) at & Page.OFFSET_MASK, (byte) (value >>> 8 * i));
    }
  }
}

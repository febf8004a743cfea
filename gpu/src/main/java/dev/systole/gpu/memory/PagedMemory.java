package dev.systole.gpu.memory;

import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/**
 * Sparse memory of a given size: only pages that somebody wrote to take room. Reads beyond its end
 * give ones, writes there are lost. Its hash is kept page by page, so that hashing costs only what
 * was written since; images of it share its pages until those are written.
 */
public final class PagedMemory extends MemoryView {
  private static final int WATCHED_MAX = 1 << 20;

  private final long pageCount;
  private final Leaf[] leaves;
  private final Page sink = Page.sink();
  private int touchedPages;
  private Page[] watchedPages = new Page[16];
  private int watchedCount;
  private boolean watchedPageWritten;

  /** Memory of {@code sizeBytes}, a multiple of 4 KiB, that holds zeroes. */
  public PagedMemory(long sizeBytes) {
    pageCount = sizeBytes >>> Page.SHIFT;
    leaves = new Leaf[(int) (pageCount + Leaf.PAGES - 1 >>> Leaf.SHIFT)];
  }

  public long sizeBytes() {
    return pageCount << Page.SHIFT;
  }

  /** Number of pages that take room. */
  public int touchedPages() {
    return touchedPages;
  }

  @Override
  public Page read(long address) {
    long number = address >>> Page.SHIFT;
    if (number >= pageCount) return Page.ONES;
    Leaf leaf = leaves[(int) (number >>> Leaf.SHIFT)];
    if (leaf == null) return Page.ZEROES;
    Page page = leaf.page(number);
    return page == null ? Page.ZEROES : page;
  }

  @Override
  public Page write(long address) {
    long number = address >>> Page.SHIFT;
    if (number >= pageCount) return sink;
    Leaf leaf = leaves[(int) (number >>> Leaf.SHIFT)];
    Page page = leaf == null ? null : leaf.page(number);
    return page == null ? add(Page.fresh(this, number)) : page;
  }

  /** Zeroes everything; a page that takes room stays itself. */
  public void clear() {
    for (Leaf leaf : leaves) if (leaf != null) leaf.clear();
  }

  private Page add(Page page) {
    int leaf = (int) (page.number >>> Leaf.SHIFT);
    if (leaves[leaf] == null) leaves[leaf] = new Leaf();
    leaves[leaf].add(page);
    touchedPages++;
    return page;
  }

  /** Asks that the next write to the page of {@code address} be noticed. */
  public void watch(long address) {
    Page page = write(address);
    if (!page.isReal() || page.watched) return;
    page.watched = true;
    page.arm();
    if (watchedCount == watchedPages.length) {
      watchedPages = Arrays.copyOf(watchedPages, 2 * watchedCount);
    }
    watchedPages[watchedCount++] = page;
  }

  /** Whether a watched page was written since the last call; each watch notices one write. */
  public boolean takeWatchedPageWritten() {
    boolean was = watchedPageWritten;
    watchedPageWritten = false;
    return was;
  }

  /** The first write to a page since it was armed; a page of another time does not count. */
  void written(Page page) {
    if (read(page.number << Page.SHIFT) != page) return;
    if (page.watched) noticeWatched(page);
    leaves[(int) (page.number >>> Leaf.SHIFT)].noteWritten(page);
  }

  private void noticeWatched(Page page) {
    page.watched = false;
    watchedPageWritten = true;
    int at = 0;
    while (watchedPages[at] != page) at++;
    System.arraycopy(watchedPages, at + 1, watchedPages, at, --watchedCount - at);
    watchedPages[watchedCount] = null;
  }

  private void forgetWatches() {
    for (int i = 0; i < watchedCount; i++) watchedPages[i].watched = false;
    Arrays.fill(watchedPages, null);
    watchedCount = 0;
    watchedPageWritten = false;
  }

  private long[] watchedNumbers() {
    return Arrays.stream(watchedPages, 0, watchedCount).mapToLong(page -> page.number).toArray();
  }

  /** A hash of the content; a page of zeroes counts like one that was never touched. */
  public long hash() {
    long hash = 0;
    for (Leaf leaf : leaves) if (leaf != null) hash ^= leaf.hash();
    return hash;
  }

  // ---- the content at another time

  /** The present content; costs as much as was written since the last image. */
  public MemoryImage image() {
    var images = new Leaf.Image[leaves.length];
    for (int i = 0; i < images.length; i++) if (leaves[i] != null) images[i] = leaves[i].image();
    return new MemoryImage(images, touchedPages, watchedNumbers());
  }

  /** Goes back to an image of memory of this size. A page that takes room in both stays itself. */
  public void restore(MemoryImage image) {
    forgetWatches();
    for (int i = 0; i < leaves.length; i++) {
      if (image.leaves[i] == null) {
        leaves[i] = null;
      } else {
        if (leaves[i] == null) leaves[i] = new Leaf();
        leaves[i].become(image.leaves[i], this, (long) i << Leaf.SHIFT);
      }
    }
    touchedPages = image.touchedPages;
    for (long number : image.watchedPages) watch(number << Page.SHIFT);
  }

  /** Puts every page that takes room, those of zeroes without their content, and the watches. */
  public void save(StateSink sink) {
    sink.putInt(touchedPages);
    for (Leaf leaf : leaves) {
      if (leaf == null) continue;
      for (Page page : leaf.pages()) {
        if (page == null) continue;
        sink.putLong(page.number);
        boolean zero = page.isZero();
        sink.putBoolean(zero);
        if (!zero) sink.putBytes(page.content());
      }
    }
    sink.putInt(watchedCount);
    for (int i = 0; i < watchedCount; i++) sink.putLong(watchedPages[i].number);
  }

  /** Replaces the content by a saved one. A page that takes room before and after stays itself. */
  public void restore(StateSource source) {
    forgetWatches();
    Leaf[] before = leaves.clone();
    Arrays.fill(leaves, null);
    touchedPages = 0;
    for (int left = source.takeInt(Integer.MAX_VALUE, "number of pages"); left > 0; left--) {
      long number = pageNumber(source);
      if (read(number << Page.SHIFT).isReal()) {
        throw new StateException("saved state: page %d twice".formatted(number));
      }
      byte[] content = Page.ZEROES.content();
      if (!source.takeBoolean()) source.takeBytes(content = new byte[Page.BYTES]);
      Leaf leaf = before[(int) (number >>> Leaf.SHIFT)];
      Page page = leaf == null ? null : leaf.page(number);
      if (page != null) page.become(content);
      add(page != null ? page : Page.sharing(this, number, content));
    }
    for (int left = source.takeInt(WATCHED_MAX, "number of watched pages"); left > 0; left--) {
      watch(pageNumber(source) << Page.SHIFT);
    }
  }

  private long pageNumber(StateSource source) {
    long number = source.takeLong();
    if (number < 0 || number >= pageCount) {
      throw new StateException("saved state: page %d of %d".formatted(number, pageCount));
    }
    return number;
  }
}

package dev.systole.gpu.memory;

/**
 * Up to 512 neighbouring pages, 2 MiB, of a {@link PagedMemory}: those that were touched, what they
 * contribute to the hash of memory, and which were written since that was computed.
 */
final class Leaf {
  static final int SHIFT = 9;
  static final int PAGES = 1 << SHIFT;

  private final Page[] pages = new Page[PAGES];
  private final long[] hashes = new long[PAGES];
  private final long[] written = new long[PAGES / Long.SIZE];
  private boolean anyWritten;
  private long hash;

  /** What {@link #image} made, as long as it is still true. */
  private Image image;

  /** A leaf at one moment. Contents are shared with the pages until those are written. */
  static final class Image {
    private final byte[][] contents = new byte[PAGES][];
    private final long[] hashes;
    private final long[] written;
    private final boolean anyWritten;
    private final long hash;

    private Image(Leaf leaf) {
      for (int i = 0; i < PAGES; i++) {
        if (leaf.pages[i] != null) contents[i] = leaf.pages[i].share();
      }
      hashes = leaf.hashes.clone();
      written = leaf.written.clone();
      anyWritten = leaf.anyWritten;
      hash = leaf.hash;
    }
  }

  private static int index(long number) {
    return (int) number & PAGES - 1;
  }

  /** The page, or null when nobody touched it. */
  Page page(long number) {
    return pages[index(number)];
  }

  /** The pages in their order, with null for those that nobody touched. */
  Page[] pages() {
    return pages;
  }

  /** Adds a page, which then counts as written. */
  void add(Page page) {
    pages[index(page.number)] = page;
    page.arm();
    noteWritten(page);
  }

  /** Zeroes all pages. */
  void clear() {
    for (Page page : pages) {
      if (page != null && !page.isZero()) page.copyFrom(0, Page.ZEROES, 0, Page.BYTES);
    }
  }

  void noteWritten(Page page) {
    int at = index(page.number);
    written[at / Long.SIZE] |= 1L << at;
    anyWritten = true;
    image = null;
  }

  /** The sum, without carry, of the hashes of all pages. */
  long hash() {
    if (!anyWritten) return hash;
    for (int word = 0; word < written.length; word++) {
      for (long left = written[word]; left != 0; left &= left - 1) {
        int at = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        hash ^= hashes[at];
        hashes[at] = pages[at].contentHash();
        hash ^= hashes[at];
        pages[at].arm();
      }
      written[word] = 0;
    }
    anyWritten = false;
    return hash;
  }

  /** The present; costs nothing when nothing was written since the last one. */
  Image image() {
    if (image == null) image = new Image(this);
    return image;
  }

  /** Goes back to a moment; a page that was touched then and is now stays itself. */
  void become(Image target, PagedMemory owner, long firstNumber) {
    if (image == target) return;
    for (int i = 0; i < PAGES; i++) {
      byte[] content = target.contents[i];
      if (content == null) pages[i] = null;
      else if (pages[i] == null) pages[i] = Page.sharing(owner, firstNumber + i, content);
      else pages[i].become(content);
    }
    System.arraycopy(target.hashes, 0, hashes, 0, PAGES);
    System.arraycopy(target.written, 0, written, 0, written.length);
    anyWritten = target.anyWritten;
    hash = target.hash;
    image = target;
  }
}

package dev.systole.gpu.memory;

/**
 * The content of a {@link PagedMemory} at one moment. Immutable: it shares its pages with the
 * memory that it was taken of, with other images of it and with memories that it was restored to,
 * and whoever writes a page copies it first.
 */
public final class MemoryImage {
  final Leaf.Image[] leaves;
  final int touchedPages;
  final long[] watchedPages;

  MemoryImage(Leaf.Image[] leaves, int touchedPages, long[] watchedPages) {
    this.leaves = leaves;
    this.touchedPages = touchedPages;
    this.watchedPages = watchedPages;
  }
}

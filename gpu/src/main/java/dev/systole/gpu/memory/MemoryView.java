package dev.systole.gpu.memory;

/**
 * Memory by byte address, little endian, as somebody sees it. A view says which page an address
 * lies in; what is not memory has pages that read as the view decides and swallow what is written.
 */
public abstract class MemoryView {
  /** The page at {@code address} to read from; it may not be {@linkplain Page#isReal real}. */
  public abstract Page read(long address);

  /** The page at {@code address} to write to. */
  public abstract Page write(long address);

  public final int load32(long address) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Integer.BYTES) return read(address).load32(offset);
    return (int) loadBytes(address, Integer.BYTES);
  }

  public final long load64(long address) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Long.BYTES) return read(address).load64(offset);
    return loadBytes(address, Long.BYTES);
  }

  public final void store32(long address, int value) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Integer.BYTES) write(address).store32(offset, value);
    else storeBytes(address, value, Integer.BYTES);
  }

  public final void store64(long address, long value) {
    int offset = (int) address & Page.OFFSET_MASK;
    if (offset <= Page.BYTES - Long.BYTES) write(address).store64(offset, value);
    else storeBytes(address, value, Long.BYTES);
  }

  /** Copies bytes out, page by page. */
  public final void read(long address, byte[] target, int offset, int lengthBytes) {
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
  public final void write(long address, byte[] source, int offset, int lengthBytes) {
    while (lengthBytes > 0) {
      int inPage = (int) address & Page.OFFSET_MASK;
      int chunk = Math.min(lengthBytes, Page.BYTES - inPage);
      write(address).write(inPage, source, offset, chunk);
      address += chunk;
      offset += chunk;
      lengthBytes -= chunk;
    }
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

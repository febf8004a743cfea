package dev.systole.gpu.command;

import dev.systole.gpu.memory.AddressSpace;
import java.nio.charset.StandardCharsets;

/**
 * What runs where a kernel start pointer points. Instructions are not executed; but where the text
 * {@code "systole kernel: "} stands in their place, eight bytes of name behind it choose one that
 * is built in (docs/gpu.md, "Built-in kernels").
 */
enum Kernel {
  /** Instructions: they only take time. */
  SHADER("", 0),
  /** Stores one value in every element. */
  FILL("fill", 4),
  /** Copies elements. */
  COPY("copy", 8),
  /** y = a x + y, in IEEE 754 single precision, product and sum each rounded to nearest. */
  SAXPY("saxpy", 12),
  /** Takes the time that it is asked for. */
  SPIN("spin", 0),
  /** A pixel shader that writes the render target's clear colour. */
  SOLID("solid", 0);

  private static final Kernel[] ALL = values();
  private static final long MAGIC_LOW = text("systole ");
  private static final long MAGIC_HIGH = text("kernel: ");
  private static final int NAME_OFFSET = 16;

  private final long nameText;
  private final int bytesPerElement;

  Kernel(String name, int bytesPerElement) {
    nameText = text(name);
    this.bytesPerElement = bytesPerElement;
  }

  /** The kernel that starts at {@code address}, of which the lowest six bits are ignored. */
  static Kernel at(AddressSpace memory, long address) {
    long start = address & ~0x3fL;
    if (memory.load64(start, false) != MAGIC_LOW) return SHADER;
    if (memory.load64(start + Long.BYTES, false) != MAGIC_HIGH) return SHADER;
    long name = memory.load64(start + NAME_OFFSET, false);
    for (Kernel kernel : ALL) if (kernel.nameText == name) return kernel;
    return SHADER;
  }

  /** How many bytes each element moves. */
  int bytesPerElement() {
    return bytesPerElement;
  }

  /** Works off the elements from {@code first} to before {@code end}, which are dwords. */
  void run(AddressSpace memory, long destination, long source, int value, long first, long end) {
    for (long i = first; i < end; i++) {
      long to = destination + Integer.BYTES * i;
      long from = source + Integer.BYTES * i;
      switch (this) {
        case FILL -> memory.store32(to, false, value);
        case COPY -> memory.store32(to, false, memory.load32(from, false));
        case SAXPY -> {
          int x = memory.load32(from, false);
          int y = memory.load32(to, false);
          memory.store32(to, false, multiplyAdd(value, x, y));
        }
        case SHADER, SPIN, SOLID -> {}
      }
    }
  }

  /** On bits of floats; a result that is no number is always the same one. */
  private static int multiplyAdd(int a, int x, int y) {
    float product = Float.intBitsToFloat(a) * Float.intBitsToFloat(x);
    return Float.floatToIntBits(product + Float.intBitsToFloat(y));
  }

  /** Up to eight characters as the bytes of a little-endian number. */
  private static long text(String characters) {
    byte[] bytes = characters.getBytes(StandardCharsets.US_ASCII);
    long text = 0;
    for (int i = bytes.length - 1; i >= 0; i--) text = text << Byte.SIZE | bytes[i];
    return text;
  }
}

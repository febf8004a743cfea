package dev.systole.gpu.blit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The pixels that raster operations know, and the components in which colour keys compare them. */
public enum Depth {
  BITS_8(1, 0xff, 0),
  BITS_565(2, 0xf800, 0x07e0, 0x001f, 0),
  BITS_1555(2, 0x7c00, 0x03e0, 0x001f, 0x8000),
  BITS_32(4, 0xff0000, 0xff00, 0xff, 0xff000000);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  /** Masks of the components; the last is alpha's. */
  private final int[] components;

  Depth(int bytes, int... components) {
    this.bytes = bytes;
    this.components = components;
  }

  /** Bytes of a pixel. */
  public int bytes() {
    return bytes;
  }

  /** Pixels from the bytes of a row. */
  void unpack(byte[] row, int[] pixels, int count) {
    switch (this) {
      case BITS_8 -> {
        for (int i = 0; i < count; i++) pixels[i] = row[i] & 0xff;
      }
      case BITS_565, BITS_1555 -> {
        for (int i = 0; i < count; i++) pixels[i] = (short) SHORT.get(row, 2 * i) & 0xffff;
      }
      case BITS_32 -> {
        for (int i = 0; i < count; i++) pixels[i] = (int) INT.get(row, 4 * i);
      }
    }
  }

  /** The bytes of a row of pixels. */
  void pack(int[] pixels, byte[] row, int count) {
    switch (this) {
      case BITS_8 -> {
        for (int i = 0; i < count; i++) row[i] = (byte) pixels[i];
      }
      case BITS_565, BITS_1555 -> {
        for (int i = 0; i < count; i++) SHORT.set(row, 2 * i, (short) pixels[i]);
      }
      case BITS_32 -> {
        for (int i = 0; i < count; i++) INT.set(row, 4 * i, pixels[i]);
      }
    }
  }

  /** Whether every component, or every one but alpha, lies between those of two other pixels. */
  boolean isBetween(int pixel, int low, int high, boolean withAlpha) {
    int compared = withAlpha ? components.length : components.length - 1;
    for (int i = 0; i < compared; i++) {
      int mask = components[i];
      if (Integer.compareUnsigned(pixel & mask, low & mask) < 0) return false;
      if (Integer.compareUnsigned(pixel & mask, high & mask) > 0) return false;
    }
    return true;
  }
}

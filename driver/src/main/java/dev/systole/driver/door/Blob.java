package dev.systole.driver.door;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that nobody can change: the payload of a call. */
public final class Blob {
  /** No bytes. */
  public static final Blob EMPTY = new Blob(new byte[0]);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SHOWN_BYTES = 16;

  private final byte[] bytes;

  private Blob(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code bytes}. */
  public static Blob of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Blob(bytes.clone());
  }

  /** A copy of a part of {@code bytes}. */
  public static Blob of(byte[] bytes, int offsetBytes, int lengthBytes) {
    return new Blob(Arrays.copyOfRange(bytes, offsetBytes, offsetBytes + lengthBytes));
  }

  /** Little-endian dwords. */
  public static Blob ofDwords(int... dwords) {
    var bytes = new byte[dwords.length * Integer.BYTES];
    for (int i = 0; i < dwords.length; i++) INT.set(bytes, i * Integer.BYTES, dwords[i]);
    return new Blob(bytes);
  }

  /** Number of bytes. */
  public int sizeBytes() {
    return bytes.length;
  }

  /** The little-endian dword at an offset in bytes. */
  public int dwordAt(int offsetBytes) {
    return (int) INT.get(bytes, offsetBytes);
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Size and first bytes. */
  @Override
  public String toString() {
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    String more = shown < bytes.length ? "…" : "";
    return bytes.length + " bytes [" + HexFormat.of().formatHex(bytes, 0, shown) + more + "]";
  }
}

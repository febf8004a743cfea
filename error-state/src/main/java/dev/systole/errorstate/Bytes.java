package dev.systole.errorstate;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An immutable run of bytes; multi-byte values in it are little endian, as the GPU's are. */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final VarHandle DWORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the given bytes. */
  public static Bytes of(byte... bytes) {
    return new Bytes(bytes.clone());
  }

  /** A copy of the first {@code lengthBytes} of the given bytes. */
  public static Bytes ofPrefix(byte[] bytes, int lengthBytes) {
    return new Bytes(Arrays.copyOf(bytes, lengthBytes));
  }

  public int sizeBytes() {
    return bytes.length;
  }

  /** The byte there, 0 to 255. */
  public int unsignedByte(int offsetBytes) {
    return bytes[offsetBytes] & 0xff;
  }

  /** The 32-bit value that begins at the offset, which need not be aligned. */
  public int dword(int offsetBytes) {
    return (int) DWORD.get(bytes, offsetBytes);
  }

  /** A new read-only little-endian view of all bytes. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}

package dev.systole.trace.event;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of some bytes, which names them. */
public record ContentHash(long first, long second, long third, long fourth) {

  /** Bytes of a hash. */
  public static final int BYTES = 32;

  public static ContentHash of(byte[] source, int offset, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(source, offset, length);
      return fromBytes(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The hash whose 32 bytes are given. */
  public static ContentHash fromBytes(byte[] hash) {
    if (hash.length != BYTES)
      throw new IllegalArgumentException("a hash of " + hash.length + " bytes");
    var buffer = ByteBuffer.wrap(hash);
    return new ContentHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}

package dev.systole.decoder.command;

import dev.systole.errorstate.Bytes;
import dev.systole.spec.FieldSpec;
import java.util.Arrays;
import java.util.Objects;

/** An immutable run of dwords; a slice shares what it was cut from. */
public final class Dwords {
  private final int[] all;
  private final int first;
  private final int size;

  private Dwords(int[] all, int first, int size) {
    this.all = all;
    this.first = first;
    this.size = size;
  }

  /** A copy of the given dwords. */
  public static Dwords of(int... dwords) {
    return new Dwords(dwords.clone(), 0, dwords.length);
  }

  /** The little-endian dwords of these bytes; up to three bytes at the end do not make one. */
  public static Dwords of(Bytes bytes) {
    int[] dwords = new int[bytes.sizeBytes() / Integer.BYTES];
    bytes.buffer().asIntBuffer().get(dwords);
    return new Dwords(dwords, 0, dwords.length);
  }

  public int size() {
    return size;
  }

  public int sizeBytes() {
    return size * Integer.BYTES;
  }

  public int get(int index) {
    return all[first + Objects.checkIndex(index, size)];
  }

  /** Two dwords as one value, the low one first. */
  public long getLong(int index) {
    return Integer.toUnsignedLong(get(index)) | (long) get(index + 1) << Integer.SIZE;
  }

  /** The value of a field that lies within these dwords. */
  public long value(FieldSpec field) {
    Objects.checkIndex(field.endBit() / Integer.SIZE, size);
    return field.value(all, first);
  }

  /** The dwords from an index on; they are not copied. */
  public Dwords slice(int index, int count) {
    Objects.checkFromIndexSize(index, count, size);
    return new Dwords(all, first + index, count);
  }

  /** These dwords, then those. */
  public Dwords then(Dwords others) {
    int[] dwords = Arrays.copyOf(toArray(), size + others.size);
    System.arraycopy(others.all, others.first, dwords, size, others.size);
    return new Dwords(dwords, 0, dwords.length);
  }

  public int[] toArray() {
    return Arrays.copyOfRange(all, first, first + size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dwords that
        && Arrays.equals(all, first, first + size, that.all, that.first, that.first + that.size);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < size; i++) hash = 31 * hash + get(i);
    return hash;
  }

  @Override
  public String toString() {
    return size + " dwords";
  }
}

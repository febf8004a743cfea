package dev.systole.driver.door;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Records as the bytes of WDK structures, for calls whose argument is a buffer and a size. Members
 * stand in the order of the components, little-endian and naturally aligned: {@code boolean} is a
 * BOOLEAN, {@code short} a WORD, {@code int} and an enum a UINT, {@code long} 64 bits, a record
 * with {@link Bit}s one word of flags, any other record a nested structure.
 */
public final class Structure {
  private Structure() {}

  /** Size of a structure, tail padding included. */
  public static int sizeBytes(Class<? extends Record> type) {
    if (isBitField(type)) return Integer.BYTES;
    int size = 0;
    for (RecordComponent member : type.getRecordComponents()) {
      size = align(size, alignmentBytes(member.getType())) + memberBytes(member.getType());
    }
    return align(size, alignmentBytes(type));
  }

  /** The bytes of {@code structure}. */
  public static Blob encode(Record structure) {
    var buffer = buffer(new byte[sizeBytes(structure.getClass())]);
    put(buffer, 0, structure);
    return Blob.of(buffer.array());
  }

  /**
   * The structure that {@code bytes} begin with.
   *
   * @throws IllegalArgumentException when there are fewer bytes than it has, or an enum has no such
   *     value
   */
  public static <T extends Record> T decode(Class<T> type, Blob bytes) {
    return decode(type, bytes, 0);
  }

  /** The structure at an offset in {@code bytes}. */
  public static <T extends Record> T decode(Class<T> type, Blob bytes, int offsetBytes) {
    if (bytes.sizeBytes() - offsetBytes < sizeBytes(type)) {
      throw new IllegalArgumentException(
          "%s needs %d bytes, %d are there"
              .formatted(type.getSimpleName(), sizeBytes(type), bytes.sizeBytes() - offsetBytes));
    }
    return type.cast(get(buffer(bytes.toByteArray()), offsetBytes, type));
  }

  private static void put(ByteBuffer buffer, int start, Record structure) {
    if (isBitField(structure.getClass())) {
      buffer.putInt(start, flags(structure));
      return;
    }
    int at = start;
    for (RecordComponent member : structure.getClass().getRecordComponents()) {
      at = align(at, alignmentBytes(member.getType()));
      switch (value(structure, member)) {
        case Boolean b -> buffer.put(at, (byte) (b ? 1 : 0));
        case Short s -> buffer.putShort(at, s);
        case Integer i -> buffer.putInt(at, i);
        case Long l -> buffer.putLong(at, l);
        case Enum<?> e -> buffer.putInt(at, e.ordinal());
        case Record nested -> put(buffer, at, nested);
        case Object other -> throw new IllegalArgumentException(member + ": " + other);
      }
      at += memberBytes(member.getType());
    }
  }

  private static Object get(ByteBuffer buffer, int start, Class<?> type) {
    RecordComponent[] members = type.getRecordComponents();
    var values = new Object[members.length];
    int at = start;
    for (int i = 0; i < members.length; i++) {
      Class<?> kind = members[i].getType();
      if (isBitField(type)) {
        values[i] = bits(buffer.getInt(start), members[i]);
        continue;
      }
      at = align(at, alignmentBytes(kind));
      values[i] = member(buffer, at, kind);
      at += memberBytes(kind);
    }
    return construct(type, values);
  }

  private static Object member(ByteBuffer buffer, int at, Class<?> kind) {
    if (kind == boolean.class) return buffer.get(at) != 0;
    if (kind == short.class) return buffer.getShort(at);
    if (kind == int.class) return buffer.getInt(at);
    if (kind == long.class) return buffer.getLong(at);
    if (kind.isEnum()) return constant(kind, buffer.getInt(at));
    return get(buffer, at, kind);
  }

  private static Object constant(Class<?> kind, int value) {
    Object[] constants = kind.getEnumConstants();
    if (value >= 0 && value < constants.length) return constants[value];
    throw new IllegalArgumentException("no " + kind.getSimpleName() + " is " + value);
  }

  private static int flags(Record bitField) {
    int word = 0;
    for (RecordComponent member : bitField.getClass().getRecordComponents()) {
      Object value = value(bitField, member);
      int bits = value instanceof Boolean b ? (b ? 1 : 0) : (Integer) value;
      word |= bits << member.getAnnotation(Bit.class).value();
    }
    return word;
  }

  private static Object bits(int word, RecordComponent member) {
    Bit place = member.getAnnotation(Bit.class);
    int bits = word >>> place.value() & ((1 << place.width()) - 1);
    return member.getType() == boolean.class ? (Object) (bits != 0) : (Object) bits;
  }

  private static boolean isBitField(Class<?> type) {
    RecordComponent[] members = type.getRecordComponents();
    return members != null && members.length > 0 && members[0].isAnnotationPresent(Bit.class);
  }

  private static int memberBytes(Class<?> kind) {
    if (kind == boolean.class) return 1;
    if (kind == short.class) return Short.BYTES;
    if (kind == long.class) return Long.BYTES;
    return kind.isRecord() ? sizeBytes(kind.asSubclass(Record.class)) : Integer.BYTES;
  }

  private static int alignmentBytes(Class<?> kind) {
    if (!kind.isRecord()) return memberBytes(kind);
    if (isBitField(kind)) return Integer.BYTES;
    return Arrays.stream(kind.getRecordComponents())
        .mapToInt(member -> alignmentBytes(member.getType()))
        .max()
        .orElse(1);
  }

  private static int align(int offset, int alignment) {
    return (offset + alignment - 1) & -alignment;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Object value(Record structure, RecordComponent member) {
    try {
      return member.getAccessor().invoke(structure);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object construct(Class<?> type, Object[] values) {
    Class<?>[] kinds =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(kinds);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.systole.recorder.call;

import dev.systole.driver.door.Blob;
import dev.systole.trace.FieldSink;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.FieldType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Writes values of one Java type as fields of a trace, and reads them back. */
sealed interface ValueCodec {
  /** What the values are in the schema; null for a record without components, which has none. */
  FieldType type();

  void write(Object value, FieldSink out);

  Object read(FieldReader in);

  /**
   * The codec of a component.
   *
   * @param name the component's name; addresses, offsets and flags are shown in hexadecimal
   */
  static ValueCodec of(Type type, String name) {
    if (type == int.class || type == Integer.class) return new IntCodec(integerType(name));
    if (type == long.class || type == Long.class) return new LongCodec(integerType(name));
    if (type == boolean.class) return new BoolCodec();
    if (type == String.class) return new TextCodec();
    if (type == Blob.class) return new BlobCodec();
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new ListCodec(of(list.getActualTypeArguments()[0], name));
    }
    if (type instanceof Class<?> c && c.isEnum()) return new EnumCodec(c.getEnumConstants());
    if (type instanceof Class<?> c && c.isRecord()) return ofRecord(c);
    if (type instanceof Class<?> c && c.isSealed()) return ofUnion(c);
    throw new IllegalArgumentException("component " + name + " is a " + type + ": no codec");
  }

  /** The codec of a record; one of a single number, such as a handle, is written as that number. */
  static RecordCodec ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    var codecs = new ArrayList<ValueCodec>();
    var accessors = new ArrayList<Method>();
    for (RecordComponent component : components) {
      boolean handle = components.length == 1;
      codecs.add(of(component.getGenericType(), handle ? "handle" : component.getName()));
      accessors.add(component.getAccessor());
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    try {
      return new RecordCodec(type.getConstructor(types), names, accessors, codecs);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " has no public constructor", e);
    }
  }

  private static UnionCodec ofUnion(Class<?> type) {
    var alternatives = new ArrayList<RecordCodec>();
    for (Class<?> alternative : type.getPermittedSubclasses()) {
      if (!alternative.isRecord()) {
        throw new IllegalArgumentException(type + " permits " + alternative + ": no record");
      }
      alternatives.add(ofRecord(alternative));
    }
    return new UnionCodec(alternatives);
  }

  private static FieldType integerType(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean hex =
        lower.endsWith("address")
            || lower.endsWith("offsetbytes")
            || lower.endsWith("flags")
            || lower.endsWith("handle");
    return hex ? FieldType.HEX : FieldType.INT;
  }

  record IntCodec(FieldType type) implements ValueCodec {
    @Override
    public void write(Object value, FieldSink out) {
      out.integer((Integer) value);
    }

    @Override
    public Object read(FieldReader in) {
      return (int) in.integer();
    }
  }

  record LongCodec(FieldType type) implements ValueCodec {
    @Override
    public void write(Object value, FieldSink out) {
      out.integer((Long) value);
    }

    @Override
    public Object read(FieldReader in) {
      return in.integer();
    }
  }

  record BoolCodec() implements ValueCodec {
    @Override
    public FieldType type() {
      return FieldType.BOOL;
    }

    @Override
    public void write(Object value, FieldSink out) {
      out.bool((Boolean) value);
    }

    @Override
    public Object read(FieldReader in) {
      return in.bool();
    }
  }

  record TextCodec() implements ValueCodec {
    @Override
    public FieldType type() {
      return FieldType.TEXT;
    }

    @Override
    public void write(Object value, FieldSink out) {
      out.text((String) value);
    }

    @Override
    public Object read(FieldReader in) {
      return in.text();
    }
  }

  record BlobCodec() implements ValueCodec {
    @Override
    public FieldType type() {
      return FieldType.BYTES;
    }

    @Override
    public void write(Object value, FieldSink out) {
      out.bytes(((Blob) value).toByteArray());
    }

    @Override
    public Object read(FieldReader in) {
      return Blob.of(in.bytes().toBytes());
    }
  }

  record EnumCodec(Object[] constants) implements ValueCodec {
    @Override
    public FieldType type() {
      return new FieldType.Enumeration(
          Arrays.stream(constants).map(constant -> ((Enum<?>) constant).name()).toList());
    }

    @Override
    public void write(Object value, FieldSink out) {
      out.integer(((Enum<?>) value).ordinal());
    }

    @Override
    public Object read(FieldReader in) {
      long place = in.integer();
      if (place < 0 || place >= constants.length) {
        throw new IllegalStateException("no constant number " + place + " of " + constants[0]);
      }
      return constants[(int) place];
    }
  }

  record ListCodec(ValueCodec element) implements ValueCodec {
    @Override
    public FieldType type() {
      return new FieldType.ListOf(element.type());
    }

    @Override
    public void write(Object value, FieldSink out) {
      List<?> list = (List<?>) value;
      out.listSize(list.size());
      for (Object each : list) element.write(each, out);
    }

    @Override
    public Object read(FieldReader in) {
      int size = in.listSize();
      var list = new ArrayList<Object>();
      for (int i = 0; i < size; i++) list.add(element.read(in));
      return List.copyOf(list);
    }
  }

  /** A record's components in their order. */
  final class RecordCodec implements ValueCodec {
    /** Writes one component of a record. */
    private interface Writer {
      void write(Object value, FieldSink out);
    }

    private final Constructor<?> constructor;
    private final List<String> names;
    private final List<Method> accessors;
    private final List<ValueCodec> components;

    /** Made when they are first used: most calls never are. */
    private Writer[] writers;

    RecordCodec(
        Constructor<?> constructor,
        List<String> names,
        List<Method> accessors,
        List<ValueCodec> components) {
      this.constructor = constructor;
      this.names = names;
      this.accessors = accessors;
      this.components = components;
    }

    Class<?> recordClass() {
      return constructor.getDeclaringClass();
    }

    boolean isEmpty() {
      return components.isEmpty();
    }

    @Override
    public FieldType type() {
      if (components.isEmpty()) return null;
      if (isNumber()) return components.getFirst().type();
      return new FieldType.Struct(fields());
    }

    private boolean isNumber() {
      return components.size() == 1
          && (components.getFirst() instanceof IntCodec
              || components.getFirst() instanceof LongCodec);
    }

    List<Field> fields() {
      var fields = new ArrayList<Field>();
      for (int i = 0; i < components.size(); i++) {
        FieldType type = components.get(i).type();
        if (type != null) fields.add(Field.of(names.get(i), type));
      }
      return fields;
    }

    @Override
    public void write(Object value, FieldSink out) {
      if (writers == null) writers = writers();
      for (Writer writer : writers) writer.write(value, out);
    }

    private Writer[] writers() {
      var made = new Writer[components.size()];
      for (int i = 0; i < made.length; i++) made[i] = writer(components.get(i), accessors.get(i));
      return made;
    }

    private static Writer writer(ValueCodec codec, Method accessor) {
      if (accessor.getReturnType() == int.class || accessor.getReturnType() == long.class) {
        ToLongFunction<Object> number = Getters.number(accessor);
        return (value, out) -> out.integer(number.applyAsLong(value));
      }
      if (accessor.getReturnType() == boolean.class) {
        Predicate<Object> truth = Getters.truth(accessor);
        return (value, out) -> out.bool(truth.test(value));
      }
      Function<Object, Object> object = Getters.object(accessor);
      return (value, out) -> codec.write(object.apply(value), out);
    }

    @Override
    public Object read(FieldReader in) {
      var values = new Object[components.size()];
      for (int i = 0; i < values.length; i++) values[i] = components.get(i).read(in);
      try {
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot make a " + recordClass().getSimpleName(), e);
      }
    }
  }

  /** One of several records; one without components is written as the truth that it is there. */
  record UnionCodec(List<RecordCodec> alternatives) implements ValueCodec {
    @Override
    public FieldType type() {
      return new FieldType.OneOf(
          alternatives.stream()
              .map(each -> Field.of(nameOf(each), each.isEmpty() ? FieldType.BOOL : each.type()))
              .toList());
    }

    private static String nameOf(RecordCodec alternative) {
      return alternative.recordClass().getSimpleName();
    }

    @Override
    public void write(Object value, FieldSink out) {
      int place = 0;
      while (alternatives.get(place).recordClass() != value.getClass()) place++;
      out.alternative(place);
      RecordCodec alternative = alternatives.get(place);
      if (alternative.isEmpty()) out.bool(true);
      else alternative.write(value, out);
    }

    @Override
    public Object read(FieldReader in) {
      RecordCodec alternative = alternatives.get(in.alternative());
      if (alternative.isEmpty()) in.bool();
      return alternative.read(in);
    }
  }
}

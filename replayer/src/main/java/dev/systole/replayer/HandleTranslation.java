package dev.systole.replayer;

import dev.systole.driver.door.Handle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recorded handles of one process to live ones. As long as nothing differs from the recording they
 * are equal; after a fault they need not be.
 */
final class HandleTranslation {
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private final Map<Handle, Handle> liveByRecorded = new HashMap<>();

  /** Whether no result has differed yet, so that every handle is still its own translation. */
  private boolean equal = true;

  /** How a record is taken apart and put together; most hold no handles and are left alone. */
  private record Shape(boolean holdsHandles, Method[] accessors, Constructor<?> constructor) {
    static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      boolean handles =
          Arrays.stream(components).anyMatch(each -> mayHoldHandles(each.getGenericType()));
      Method[] accessors =
          Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        return new Shape(handles, accessors, type.getConstructor(types));
      } catch (NoSuchMethodException e) {
        throw new IllegalArgumentException(type + " has no public constructor", e);
      }
    }

    private static boolean mayHoldHandles(Type type) {
      return switch (type) {
        case ParameterizedType list -> mayHoldHandles(list.getActualTypeArguments()[0]);
        case Class<?> c when Handle.class.isAssignableFrom(c) -> true;
        case Class<?> c when c.isRecord() -> SHAPES.get(c).holdsHandles();
        case Class<?> c -> c.isSealed();
        default -> false;
      };
    }

    Object[] values(Object rec) {
      var values = new Object[accessors.length];
      try {
        for (int i = 0; i < values.length; i++) values[i] = accessors[i].invoke(rec);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot take apart " + rec, e);
      }
      return values;
    }
  }

  /**
   * Learns from what a call returned then and now: the handles at the same places belong together.
   */
  void learn(Object recorded, Object live) {
    equal &= recorded.equals(live);
    if (!equal) pair(recorded, live);
  }

  private void pair(Object recorded, Object live) {
    switch (recorded) {
      case Handle handle -> liveByRecorded.put(handle, (Handle) live);
      case List<?> list -> {
        List<?> other = (List<?>) live;
        for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
          pair(list.get(i), other.get(i));
        }
      }
      case Record rec -> {
        Shape shape = SHAPES.get(rec.getClass());
        if (!shape.holdsHandles()) return;
        Object[] then = shape.values(rec);
        Object[] now = shape.values(live);
        for (int i = 0; i < then.length; i++) pair(then[i], now[i]);
      }
      default -> {}
    }
  }

  /** The live handle; the recorded one where no call returned it. */
  @SuppressWarnings("unchecked") // learned from results of one type
  <H extends Handle> H live(H recorded) {
    return (H) liveByRecorded.getOrDefault(recorded, recorded);
  }

  /** The same value with live handles. */
  Object translate(Object recorded) {
    return equal ? recorded : translated(recorded);
  }

  private Object translated(Object recorded) {
    return switch (recorded) {
      case Handle handle -> live(handle);
      case List<?> list -> list.stream().map(this::translated).toList();
      case Record rec -> rebuilt(rec);
      default -> recorded;
    };
  }

  private Object rebuilt(Record rec) {
    Shape shape = SHAPES.get(rec.getClass());
    if (!shape.holdsHandles()) return rec;
    Object[] values = shape.values(rec);
    for (int i = 0; i < values.length; i++) values[i] = translated(values[i]);
    try {
      return shape.constructor().newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot rebuild " + rec, e);
    }
  }
}

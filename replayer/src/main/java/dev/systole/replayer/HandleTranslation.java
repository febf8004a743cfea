package dev.systole.replayer;

import dev.systole.driver.door.Handle;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recorded handles of one process to live ones. As long as nothing differs from the recording they
 * are equal; after a fault they need not be.
 */
final class HandleTranslation {
  private final Map<Handle, Handle> liveByRecorded = new HashMap<>();

  /**
   * Learns from what a call returned then and now: the handles at the same places belong together.
   */
  void learn(Object recorded, Object live) {
    switch (recorded) {
      case Handle handle -> liveByRecorded.put(handle, (Handle) live);
      case List<?> list -> {
        List<?> other = (List<?>) live;
        for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
          learn(list.get(i), other.get(i));
        }
      }
      case Record rec -> {
        for (RecordComponent component : rec.getClass().getRecordComponents()) {
          learn(value(component, rec), value(component, live));
        }
      }
      default -> {}
    }
  }

  /** The live handle; the recorded one where no call returned it. */
  @SuppressWarnings("unchecked")
  <H extends Handle> H live(H recorded) {
    return (H) liveByRecorded.getOrDefault(recorded, recorded);
  }

  /** The same value with live handles. */
  Object translate(Object recorded) {
    return switch (recorded) {
      case Handle handle -> live(handle);
      case List<?> list -> list.stream().map(this::translate).toList();
      case Record rec -> rebuilt(rec);
      default -> recorded;
    };
  }

  private Record rebuilt(Record rec) {
    RecordComponent[] components = rec.getClass().getRecordComponents();
    Object[] values = Arrays.stream(components).map(each -> translate(value(each, rec))).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = rec.getClass().getConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot rebuild " + rec, e);
    }
  }

  private static Object value(RecordComponent component, Object rec) {
    try {
      return component.getAccessor().invoke(rec);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}

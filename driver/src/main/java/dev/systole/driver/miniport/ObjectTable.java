package dev.systole.driver.miniport;

import java.util.LinkedHashMap;
import java.util.Map;

/** The driver's objects of one kind, by handle. Dxgkrnl names only those that exist. */
final class ObjectTable<H extends Record, T> {
  private final Map<H, T> objects = new LinkedHashMap<>();

  void put(H handle, T object) {
    objects.put(handle, object);
  }

  T get(H handle) {
    return present(handle, objects.get(handle));
  }

  T remove(H handle) {
    return present(handle, objects.remove(handle));
  }

  private static <T> T present(Record handle, T object) {
    if (object == null) throw new IllegalStateException("nothing is named " + handle);
    return object;
  }
}

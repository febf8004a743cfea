package dev.systole.driver.ddi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.app.AppCall;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.Handle;
import dev.systole.driver.door.NtStatus;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the recorder relies on: every call and every return is made of few kinds of values. */
class DdiCallTest {
  @Test
  void slotsAreThoseOfTheReference() {
    assertEquals(
        List.of(
            1, 2, 3, 4, 6, 7, 14, 17, 18, 19, 20, 28, 50, 51, 52, 58, 59, 83, 90, 91, 92, 96, 97),
        DdiCall.slots());
  }

  @Test
  void everyCallIsARecordOfRecordableValuesWithANestedReturn() {
    var wrong = new ArrayList<String>();
    for (Class<?> door : List.of(AppCall.class, DdiCall.class, DxgkCallback.class)) {
      for (Class<?> call : door.getPermittedSubclasses()) {
        check(call, wrong);
        check(
            Arrays.stream(call.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals("Return"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(call + " has no Return")),
            wrong);
      }
    }
    assertTrue(wrong.isEmpty(), () -> "not recordable: " + wrong);
  }

  private static void check(Class<?> record, List<String> wrong) {
    for (RecordComponent component : record.getRecordComponents()) {
      if (!recordable(component.getGenericType(), wrong)) wrong.add(record + ": " + component);
    }
  }

  private static boolean recordable(Type type, List<String> wrong) {
    if (type instanceof ParameterizedType list) {
      return list.getRawType() == List.class && recordable(list.getActualTypeArguments()[0], wrong);
    }
    var kind = (Class<?>) type;
    if (kind.isSealed() && kind.isInterface()) {
      Arrays.stream(kind.getPermittedSubclasses()).forEach(choice -> check(choice, wrong));
      return true;
    }
    if (kind.isRecord() && !Handle.class.isAssignableFrom(kind)) check(kind, wrong);
    return kind.isRecord()
        || kind.isEnum()
        || List.of(int.class, long.class, boolean.class, Integer.class, Long.class).contains(kind)
        || List.of(String.class, Blob.class, NtStatus.class).contains(kind);
  }
}

package dev.systole.recorder.call;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Accessors of record components as functions. They are as fast as method references, and numbers
 * are not boxed; reflection costs the recorder's second thread half of its time.
 */
final class Getters {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Getters() {}

  /** Of an int or a long. */
  @SuppressWarnings("unchecked")
  static ToLongFunction<Object> number(Method accessor) {
    return (ToLongFunction<Object>)
        function(accessor, ToLongFunction.class, "applyAsLong", long.class);
  }

  @SuppressWarnings("unchecked")
  static Predicate<Object> truth(Method accessor) {
    return (Predicate<Object>) function(accessor, Predicate.class, "test", boolean.class);
  }

  @SuppressWarnings("unchecked")
  static Function<Object, Object> object(Method accessor) {
    return (Function<Object, Object>) function(accessor, Function.class, "apply", Object.class);
  }

  private static Object function(Method accessor, Class<?> type, String name, Class<?> result) {
    try {
      MethodHandle handle = LOOKUP.unreflect(accessor);
      var erased = MethodType.methodType(result, Object.class);
      return LambdaMetafactory.metafactory(
              LOOKUP,
              name,
              MethodType.methodType(type),
              erased,
              handle,
              handle
                  .type()
                  .changeReturnType(result == Object.class ? accessor.getReturnType() : result))
          .getTarget()
          .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }
}

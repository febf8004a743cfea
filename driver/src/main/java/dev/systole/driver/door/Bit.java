package dev.systole.driver.door;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Place of a {@code boolean} or {@code int} component in a record that is one 32-bit word of flags,
 * as the reference writes it: {@code x@n}, or {@code x@a..b}.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Bit {
  /** The lowest bit. */
  int value();

  /** How many bits. */
  int width() default 1;
}

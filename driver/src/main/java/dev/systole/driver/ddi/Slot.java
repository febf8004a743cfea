package dev.systole.driver.ddi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Slot of a call in DRIVER_INITIALIZATION_DATA, counted from 1 (wddm.md 1.15). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Slot {
  int value();
}

/** The driver stack: Windows kernel side, kernel-mode driver, user-mode driver, i915-style core. */
package dev.systole.driver;

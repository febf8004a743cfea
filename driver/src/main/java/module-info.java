/** The driver stack: Windows kernel side, kernel-mode driver, user-mode driver, i915-style core. */
module dev.systole.driver {
  requires transitive dev.systole.spec;
  requires transitive dev.systole.gpu;
  requires transitive dev.systole.errorstate;

  exports dev.systole.driver.app;
  exports dev.systole.driver.core;
  exports dev.systole.driver.core.device;
  exports dev.systole.driver.cpu;
  exports dev.systole.driver.ddi;
  exports dev.systole.driver.ddi.caps;
  exports dev.systole.driver.door;
  exports dev.systole.driver.stack;
  exports dev.systole.driver.umd;
}

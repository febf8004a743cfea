/** The simulated Gen12 GPU behind its PCI function, and the virtual clock. */
module dev.systole.gpu {
  requires transitive dev.systole.spec;

  exports dev.systole.gpu.door;
  exports dev.systole.gpu.fault;
  exports dev.systole.gpu.pci;
  exports dev.systole.gpu.platform;
  exports dev.systole.gpu.sim;
}

/** The simulated Gen12 GPU and the virtual clock. */
module dev.systole.gpu {
  requires transitive dev.systole.spec;
}

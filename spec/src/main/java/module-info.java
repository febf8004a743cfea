/**
 * The facts, once: registers, commands and structures as data, and constants generated from them.
 */
module dev.systole.spec {
  requires java.xml;

  exports dev.systole.spec;
  exports dev.systole.spec.gen12;
}

package dev.systole.driver.core.device;

import dev.systole.gpu.pci.PciFunction;
import java.lang.reflect.Proxy;
import java.util.function.IntBinaryOperator;

/** Stands between a driver and its device and changes what passes. */
final class Tampering {
  /** Decides about a write to a register. */
  @FunctionalInterface
  interface WriteFilter {
    /** Whether the write reaches the device. */
    boolean passes(int offset, int value);
  }

  private Tampering() {}

  /**
   * A device whose 32-bit registers misbehave.
   *
   * @param reads makes of offset and value what the driver sees
   * @param writes decides which writes get through
   */
  static PciFunction with(PciFunction function, IntBinaryOperator reads, WriteFilter writes) {
    return (PciFunction)
        Proxy.newProxyInstance(
            PciFunction.class.getClassLoader(),
            new Class<?>[] {PciFunction.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("writeRegister")
                  && !writes.passes((int) arguments[0], (int) arguments[1])) {
                return null;
              }
              Object result = method.invoke(function, arguments);
              return method.getName().equals("readRegister")
                  ? reads.applyAsInt((int) arguments[0], (int) result)
                  : result;
            });
  }

  /** A device whose configuration space reads as {@code reads} makes of offset and value. */
  static PciFunction withConfig(PciFunction function, IntBinaryOperator reads) {
    return (PciFunction)
        Proxy.newProxyInstance(
            PciFunction.class.getClassLoader(),
            new Class<?>[] {PciFunction.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(function, arguments);
              return method.getName().equals("readConfig")
                  ? reads.applyAsInt((int) arguments[0], (int) result)
                  : result;
            });
  }
}

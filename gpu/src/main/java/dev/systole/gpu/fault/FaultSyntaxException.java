package dev.systole.gpu.fault;

/** A fault that cannot be understood; the message is one line: what is wrong and what exists. */
public final class FaultSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  FaultSyntaxException(String fault, String problem) {
    super("fault '" + fault + "': " + problem);
  }
}

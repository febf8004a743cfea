package dev.systole.errorstate.text;

import dev.systole.errorstate.ErrorState;
import java.io.IOException;
import java.io.OutputStream;

/** Writes error states. */
public final class ErrorStateWriter {
  private ErrorStateWriter() {}

  /** Writes back what was read, byte for byte (unzipped). */
  public static void write(ErrorState state, OutputStream out) throws IOException {
    state.text().writeTo(out);
  }
}

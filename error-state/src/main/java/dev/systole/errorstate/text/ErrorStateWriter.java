package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Capture;
import dev.systole.errorstate.ErrorState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes error states: those that were read as they were, captures in the kernel's text. */
public final class ErrorStateWriter {
  private ErrorStateWriter() {}

  /** Writes back what was read, byte for byte (unzipped). */
  public static void write(ErrorState state, OutputStream out) throws IOException {
    state.text().writeTo(out);
  }

  /**
   * The text that Linux 7.0 prints for a Tiger Lake with execlists. Equal captures give equal texts
   * but for the deflated payloads, which may differ between builds of zlib.
   *
   * @throws IllegalArgumentException when the capture lacks a register, context or count that the
   *     kernel prints, or an object is not whole pages
   */
  public static Bytes print(Capture capture) {
    String text = new CapturePrinter().print(capture);
    return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}

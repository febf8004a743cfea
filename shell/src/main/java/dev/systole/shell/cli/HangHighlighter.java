package dev.systole.shell.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Colours, in text for terminals, the lines that speak of the hang, which is what all look for. */
final class HangHighlighter extends FilterOutputStream {
  private static final Pattern HANG = Pattern.compile("\\bHUNG\\b|\\bGPU HANG\\b");
  private static final byte[] BOLD_RED = "\u001b[1;31m".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PLAIN = "\u001b[0m\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  HangHighlighter(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    if (b == '\n') endLine();
    else line.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) write(bytes[i]);
  }

  @Override
  public void flush() throws IOException {
    line.writeTo(out);
    line.reset();
    out.flush();
  }

  private void endLine() throws IOException {
    boolean hang = HANG.matcher(line.toString(StandardCharsets.UTF_8)).find();
    if (hang) out.write(BOLD_RED);
    line.writeTo(out);
    line.reset();
    if (hang) out.write(PLAIN);
    else out.write('\n');
  }
}

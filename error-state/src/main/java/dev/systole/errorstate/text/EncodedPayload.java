package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Damage;
import dev.systole.errorstate.Payload;
import java.io.ByteArrayOutputStream;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A payload line, {@code :} or {@code ~} and its ascii85, that stays in the text of the file and is
 * opened when asked for. Opened bytes are kept only while memory is plentiful.
 *
 * <p>No size in the file is believed, for there is none: decoding stops at {@link
 * #MAX_OBJECT_BYTES}. A payload line cannot unfold further than deflate's own 1032 to 1.
 */
final class EncodedPayload implements Payload {
  /** First character of a payload that is a zlib stream. */
  static final char DEFLATED = ':';

  /** First character of a payload that is not compressed. */
  static final char RAW = '~';

  /** Nothing larger is opened to its end: four times the largest GPU buffer seen in a dump. */
  static final int MAX_OBJECT_BYTES = 256 << 20;

  private static final int CHUNK_BYTES = 1 << 16;
  private static final String CHANGED =
      "characters changed; what was opened may be wrong before this place too";

  private final Bytes text;
  private final Line line;
  private final int maxBytes;
  private SoftReference<Opened> opened = new SoftReference<>(null);

  private record Opened(Bytes bytes, Optional<Damage> damage) {}

  /**
   * The payload in a line of the text.
   *
   * @param maxBytes where opening stops; {@link #MAX_OBJECT_BYTES} but in tests
   */
  EncodedPayload(Bytes text, Line line, int maxBytes) {
    this.text = text;
    this.line = line;
    this.maxBytes = maxBytes;
  }

  /** Appends a payload line without its end: deflated at zlib's default level, as the kernel's. */
  static void encode(Bytes bytes, StringBuilder out) {
    var deflated = new ByteArrayOutputStream();
    var deflater = new Deflater();
    try {
      deflater.setInput(bytes.buffer());
      deflater.finish();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!deflater.finished()) deflated.write(chunk, 0, deflater.deflate(chunk));
    } finally {
      deflater.end();
    }
    out.append(DEFLATED);
    Ascii85.encode(Bytes.of(deflated.toByteArray()), out);
  }

  @Override
  public Bytes bytes() {
    return open().bytes();
  }

  @Override
  public Optional<Damage> damage() {
    return open().damage();
  }

  private Opened open() {
    Opened known = opened.get();
    if (known != null) return known;
    var decoder = new Ascii85.Decoder(text, line.start() + 1, line.end());
    Opened fresh = text.unsignedByte(line.start()) == DEFLATED ? inflate(decoder) : copy(decoder);
    opened = new SoftReference<>(fresh);
    return fresh;
  }

  private Opened copy(Ascii85.Decoder decoder) {
    var out = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int length; (length = decoder.read(chunk)) > 0; ) {
      if (out.size() + length > maxBytes) return tooLarge(out, decoder);
      out.write(chunk, 0, length);
    }
    return decoder
        .problem()
        .map(what -> damaged(out, decoder, what, "the payload is cut or its characters changed"))
        .orElseGet(() -> new Opened(Bytes.of(out.toByteArray()), Optional.empty()));
  }

  private Opened inflate(Ascii85.Decoder decoder) {
    var inflater = new Inflater();
    try {
      return inflate(decoder, inflater);
    } finally {
      inflater.end();
    }
  }

  private Opened inflate(Ascii85.Decoder decoder, Inflater inflater) {
    var out = new ByteArrayOutputStream();
    byte[] input = new byte[CHUNK_BYTES];
    byte[] chunk = new byte[CHUNK_BYTES];
    while (!inflater.finished()) {
      if (inflater.needsInput()) {
        int length = decoder.read(input);
        if (length == 0) return endsEarly(out, decoder);
        inflater.setInput(input, 0, length);
      }
      try {
        int length = inflater.inflate(chunk);
        if (inflater.needsDictionary()) {
          return damaged(out, decoder, "the zlib stream wants a dictionary", CHANGED);
        }
        out.write(chunk, 0, length);
      } catch (DataFormatException e) {
        // What was inflated before the broken place is counted, and already in the chunk.
        out.write(chunk, 0, Math.clamp(inflater.getBytesWritten() - out.size(), 0, CHUNK_BYTES));
        return damaged(out, decoder, "the zlib stream is broken: " + e.getMessage(), CHANGED);
      }
      if (out.size() > maxBytes) return tooLarge(out, decoder);
    }
    return new Opened(Bytes.of(out.toByteArray()), Optional.empty());
  }

  private Opened endsEarly(ByteArrayOutputStream out, Ascii85.Decoder decoder) {
    String what = decoder.problem().orElse("the payload ends before its zlib stream");
    return damaged(out, decoder, what, "cut: what stands before is right");
  }

  private Opened tooLarge(ByteArrayOutputStream out, Ascii85.Decoder decoder) {
    String what = "more than %d bytes unfold here".formatted(maxBytes);
    return damaged(out, decoder, what, "no GPU buffer is that large; the rest was not opened");
  }

  private Opened damaged(
      ByteArrayOutputStream out, Ascii85.Decoder decoder, String what, String why) {
    String kept = "%s; %d bytes of the object were opened".formatted(what, out.size());
    var damage = new Damage(line.number(), decoder.position(), kept, why);
    return new Opened(Bytes.of(out.toByteArray()), Optional.of(damage));
  }
}

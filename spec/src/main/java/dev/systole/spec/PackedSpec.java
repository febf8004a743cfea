package dev.systole.spec;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A {@link Spec} as the build stores it beside the classes, since parsing XML costs more than the
 * rest of a start of {@code systole decode}. Four lists (enumerations, structures, commands,
 * registers); a list is its size and its elements; a string stands where it occurs first and is a
 * number later. Only the build writes it, so a reader meets nothing but its own jar's.
 */
final class PackedSpec {
  static final String GEN12 = "gen12.spec";

  static final int FIXED_TYPE = 0x80;
  static final int SIGNED_FIXED_TYPE = 0x81;
  static final int NAMED_TYPE = 0x82;
  static final int GROUP = 0xff;

  private PackedSpec() {}

  /** Run by the build: packs Gen12's data into the given folder. */
  public static void main(String[] args) throws IOException {
    Spec spec = SpecLoader.load("gen12.xml", SpecLoader.builtIn());
    try (var output = Files.newOutputStream(Path.of(args[0], GEN12))) {
      write(spec, output);
    }
  }

  static Spec gen12() {
    try (InputStream input = PackedSpec.class.getResourceAsStream(GEN12)) {
      return read(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Spec spec, OutputStream output) throws IOException {
    try (var data = new DataOutputStream(new BufferedOutputStream(output))) {
      new PackedSpecWriter(data).spec(spec);
    }
  }

  static Spec read(InputStream input) throws IOException {
    return new PackedSpecReader(new DataInputStream(new BufferedInputStream(input))).spec();
  }
}

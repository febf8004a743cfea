package dev.systole.shell.verb;

import dev.systole.bridge.aub.AubReader;
import dev.systole.bridge.aub.AubRecording;
import dev.systole.shell.cli.Streams;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens recordings of what drivers submitted. */
final class Recordings {
  /** Enough to unzip the first packet. */
  private static final int PEEK_BYTES = 1 << 12;

  private Recordings() {}

  /** Opens an AUB, gzipped or not, or standard input for {@code -}; nothing if it is no AUB. */
  static Optional<AubRecording> open(String file, Streams streams) throws IOException {
    if (file.equals("-")) return open("standard input", streams.in());
    Path path = Path.of(file);
    if (!Files.isRegularFile(path)) return Optional.empty();
    var in = new BufferedInputStream(Files.newInputStream(path));
    Optional<AubRecording> recording = open(file, in);
    if (recording.isEmpty()) in.close();
    return recording;
  }

  /** Leaves a stream of another kind as it was. */
  private static Optional<AubRecording> open(String name, InputStream in) throws IOException {
    in.mark(PEEK_BYTES);
    byte[] head = in.readNBytes(PEEK_BYTES);
    in.reset();
    if (!AubReader.recognises(head)) return Optional.empty();
    return Optional.of(AubRecording.open(in, name));
  }
}

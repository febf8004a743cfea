package dev.systole.shell.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a new trace goes. Its writer gives it its name when it is whole. Standard output and
 * devices cannot be written so, and a trace that nobody wants to keep has no name: these are
 * written to a temporary file first.
 */
public final class NewFile implements Closeable {
  private final Path path;
  private final Path temporaryFolder;
  private final OutputStream copyTo;

  private NewFile(Path path, Path temporaryFolder, OutputStream copyTo) {
    this.path = path;
    this.temporaryFolder = temporaryFolder;
    this.copyTo = copyTo;
  }

  /** A file by the name that a user gives; {@code -} is standard output. */
  public static NewFile named(String name, Streams streams) throws IOException {
    if (name.equals("-")) return temporary(streams.out());
    Path target = Path.of(name).toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw CommandException.usage(name + " is a folder; name a file to write");
    }
    if (!Files.isDirectory(target.getParent())) {
      throw CommandException.usage(name + ": there is no folder " + target.getParent());
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return temporary(Files.newOutputStream(target));
    }
    return new NewFile(target, null, null);
  }

  /** A file that is gone after {@link #close}. */
  public static NewFile unnamed() throws IOException {
    return temporary(OutputStream.nullOutputStream());
  }

  private static NewFile temporary(OutputStream copyTo) throws IOException {
    Path folder = Files.createTempDirectory("systole");
    return new NewFile(folder.resolve("trace"), folder, copyTo);
  }

  /** Where to write it. */
  public Path path() {
    return path;
  }

  /** It is whole: hands it on, if its reader was not given the file itself. */
  public void publish() throws IOException {
    if (temporaryFolder == null) return;
    try {
      Files.copy(path, copyTo);
      copyTo.flush();
    } catch (IOException e) {
      throw CommandException.unreadable(
          "the trace cannot be written where -o says: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (temporaryFolder == null) return;
    Files.deleteIfExists(path);
    Files.deleteIfExists(temporaryFolder);
  }
}

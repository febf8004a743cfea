package dev.systole.shell.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file being written beside its final place, which it takes on {@link #commit}; without that, and
 * when Ctrl-C ends the program, it vanishes. Pipes and devices, which cannot be replaced, are
 * written in place.
 */
public final class TemporaryFile implements Closeable {
  private final Path target;
  private final Path path;
  private final Thread atExit = new Thread(this::delete);

  private TemporaryFile(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /** Prepares to write {@code target}; nothing is created yet. */
  public static TemporaryFile of(Path target) throws IOException {
    Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    if (Files.isDirectory(real)) {
      throw CommandException.usage(target + " is a folder; name a file to write");
    }
    if (!Files.isDirectory(real.getParent())) {
      throw CommandException.usage(target + ": there is no folder " + real.getParent());
    }
    if (Files.exists(real) && !Files.isRegularFile(real)) return new TemporaryFile(real, real);
    String name = "." + real.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    var file = new TemporaryFile(real, real.resolveSibling(name));
    Runtime.getRuntime().addShutdownHook(file.atExit);
    return file;
  }

  /** Where to write. */
  public Path path() {
    return path;
  }

  /** The file is whole: it takes its final name, in one step. */
  public void commit() throws IOException {
    if (!inPlace()) Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    if (inPlace()) return;
    delete();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private boolean inPlace() {
    return path.equals(target);
  }

  private void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

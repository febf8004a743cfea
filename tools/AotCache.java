import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares the distribution's fast start ({@code AotCache DISTRIBUTION_FOLDER TRAINING_ARGUMENT…}):
 * runs the program once with the arguments, lets Java keep the classes it loaded and linked, and
 * names that file as the launcher looks for it. Flags of garbage collection must be the launcher's.
 */
public final class AotCache {
  public static void main(String[] args) throws IOException, InterruptedException {
    Path distribution = Path.of(args[0]).toAbsolutePath();
    Path lib = distribution.resolve("lib");
    for (Path stale : list(lib, "*.aot")) Files.delete(stale);
    makeExecutable(distribution.resolve("systole"));

    var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    command.add("-XX:AOTCacheOutput=lib/new.aot");
    command.addAll(List.of("-Xlog:disable", "-XX:+UseSerialGC"));
    command.add("-Djdk.virtualThreadScheduler.parallelism=1");
    command.addAll(List.of("-jar", "lib/systole.jar"));
    command.addAll(List.of(args).subList(1, args.length));
    var training = new ProcessBuilder(command).directory(distribution.toFile());
    training.environment().keySet().removeIf(name -> name.matches("(JDK_)?JAVA_(TOOL_)?OPTIONS"));
    Process process = training.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      System.err.println("training run failed: " + String.join(" ", command) + "\n" + said);
      System.exit(1);
    }
    Files.move(
        lib.resolve("new.aot"), lib.resolve("systole-" + cksum(list(lib, "*.jar")) + ".aot"));
  }

  /** The file system does not say in which order it lists; the launcher's shell sorts by bytes. */
  private static List<Path> list(Path folder, String pattern) throws IOException {
    var paths = new ArrayList<Path>();
    try (var listing = Files.newDirectoryStream(folder, pattern)) {
      listing.forEach(paths::add);
    }
    paths.sort(null);
    return paths;
  }

  /** What POSIX {@code cksum} says of the files, one after the other. */
  private static String cksum(List<Path> files) throws IOException {
    int crc = 0;
    long sizeBytes = 0;
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      for (byte b : content) crc = update(crc, b);
      sizeBytes += content.length;
    }
    for (long rest = sizeBytes; rest != 0; rest >>>= 8) crc = update(crc, (byte) rest);
    return Integer.toUnsignedString(~crc);
  }

  private static int update(int crc, byte b) {
    crc ^= b << 24;
    for (int bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04C11DB7 : 0);
    return crc;
  }

  private static void makeExecutable(Path launcher) throws IOException {
    if (!launcher.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
    var permissions = Files.getPosixFilePermissions(launcher);
    permissions.add(PosixFilePermission.OWNER_EXECUTE);
    permissions.add(PosixFilePermission.GROUP_EXECUTE);
    permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    Files.setPosixFilePermissions(launcher, permissions);
  }
}

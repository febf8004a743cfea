import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Marks a compiled module descriptor ({@code ModuleDescriptor CLASSES_FOLDER}) as a Java 17 class.
 * Maven's jar plugin reads it with Maven's own JVM, which may be a 17 and refuses newer versions; a
 * descriptor holds nothing that needs more.
 */
public final class ModuleDescriptor {
  private static final int MAJOR_VERSION_OFFSET = 7;
  private static final byte JAVA_17 = 61;

  public static void main(String[] args) throws IOException {
    Path descriptor = Path.of(args[0], "module-info.class");
    if (!Files.exists(descriptor)) return;
    byte[] bytes = Files.readAllBytes(descriptor);
    if (bytes[MAJOR_VERSION_OFFSET] <= JAVA_17) return;
    bytes[MAJOR_VERSION_OFFSET] = JAVA_17;
    Files.write(descriptor, bytes);
  }
}

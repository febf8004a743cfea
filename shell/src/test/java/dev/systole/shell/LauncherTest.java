package dev.systole.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a {@code java} that only prints its arguments. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private record Result(int exitCode, String out, String err) {}

  @TempDir Path home;

  @BeforeEach
  void unpackADistribution() throws IOException {
    Files.copy(Path.of("../systole"), home.resolve("systole"));
    Files.createDirectory(home.resolve("lib"));
    Files.writeString(home.resolve("lib/systole.jar"), "123456789");
    java("runtime", "25.0.3");
  }

  @Test
  void startsTheRuntimeThatItCarries() throws Exception {
    Result result = launch(Map.of(), "decode", "a file");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("runtime\n"), result.out());
    assertTrue(result.out().endsWith("/lib/systole.jar\ndecode\na file\n"), result.out());
  }

  @Test
  void isFoundThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("lib/link"), Path.of("../systole"));
    assertEquals(0, run(List.of("sh", link.toString(), "list"), Map.of()).exitCode());
  }

  @Test
  void anOlderJavaIsSkipped() throws Exception {
    java("runtime", "24.0.2");
    java("newer", "26-ea");
    String newer = home.resolve("newer").toString();
    String older = home.resolve("runtime").toString();
    Result result = launch(Map.of("SYSTOLE_JAVA_HOME", older, "JAVA_HOME", newer), "list");
    assertTrue(result.out().startsWith("newer\n"), result.out());
  }

  @Test
  void withoutAnyJavaItSaysInOneLineWhatToInstall() throws Exception {
    String launcher = Files.readString(home.resolve("systole"));
    Files.writeString(home.resolve("systole"), launcher.replace("RELEASE=25", "RELEASE=9999"));
    Result result = launch(Map.of(), "demo");
    assertEquals(69, result.exitCode());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("systole: no JDK 9999 found; install one"), result.err());
  }

  @Test
  void withoutMavenItSaysInOneLineWhatToInstall() throws Exception {
    Files.delete(home.resolve("lib/systole.jar"));
    Result result = launch(Map.of("PATH", "/nonexistent"), "demo");
    assertEquals(69, result.exitCode());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains("Maven is missing"), result.err());
  }

  @Test
  void theCacheIsUsedOnlyWhileTheJarsAreThoseItWasMadeFrom() throws Exception {
    // 930766865: POSIX cksum of "123456789"
    Files.writeString(home.resolve("lib/systole-930766865.aot"), "");
    assertTrue(launch(Map.of(), "list").out().contains("-XX:AOTCache="));
    Files.writeString(home.resolve("lib/systole.jar"), "123456780");
    assertFalse(launch(Map.of(), "list").out().contains("-XX:AOTCache="));
  }

  @Test
  void tellsWhichJavaItUses() throws Exception {
    assertEquals(home.resolve("runtime") + "\n", launch(Map.of(), "--java-home").out());
  }

  @Test
  void optionsForTheVirtualMachineArePassedOnWordByWord() throws Exception {
    Result result = launch(Map.of("SYSTOLE_JAVA_OPTS", "-Xmx2g -Dpattern=*"), "list");
    assertTrue(result.out().contains("\n-Xmx2g\n-Dpattern=*\n"), result.out());
    assertTrue(result.out().contains("\n-XX:+UseSerialGC\n"), result.out());
  }

  @Test
  void anotherCollectorReplacesOurs() throws Exception {
    Result result = launch(Map.of("SYSTOLE_JAVA_OPTS", "-XX:+UseParallelGC"), "list");
    assertFalse(result.out().contains("SerialGC"), result.out());
  }

  @Test
  void longVerbsGetTheOptimisingCompiler() throws Exception {
    assertTrue(launch(Map.of(), "list").out().contains("TieredStopAtLevel=1"));
    assertFalse(launch(Map.of(), "replay").out().contains("TieredStopAtLevel"));
  }

  /** A Java home whose {@code java} prints the home's name and its own arguments, a line each. */
  private void java(String name, String version) throws IOException {
    Path java = Files.createDirectories(home.resolve(name + "/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' " + name + " \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve(name + "/release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private Result launch(Map<String, String> environment, String... args) throws Exception {
    var command = new ArrayList<>(List.of("/bin/sh", home.resolve("systole").toString()));
    command.addAll(List.of(args));
    return run(command, environment);
  }

  private Result run(List<String> command, Map<String, String> environment) throws Exception {
    var builder = new ProcessBuilder(command);
    Path err = home.resolve("err");
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, Files.readString(err));
  }
}

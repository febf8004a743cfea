package dev.systole.bridge.aub;

import static dev.systole.bridge.aub.AubBuilder.PHYSICAL;
import static dev.systole.bridge.aub.AubBuilder.tigerLake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.decoder.Decoder;
import dev.systole.gpu.platform.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: submissions and damages, or one documented exception. */
class AubFuzzTest {
  private static final long BATCH = 0xfffe_ffff_d000L;
  private static final int ROUNDS = 2000;
  private static final int EXECUTED_ROUNDS = 200;

  private final Decoder decoder = Decoder.gen12();

  private static byte[] valid() {
    return tigerLake()
        .context(BATCH, 0x300000)
        .memory(PHYSICAL, 0x300000, 0x02800000, 0x18c00101, 0xffffd010, 0xfffe, 0x05000000)
        .ring(0x18800101, (int) BATCH, (int) (BATCH >>> 32), 0)
        .submit(0x2000)
        .build();
  }

  /** Returns how many submissions there were; -1 for no AUB. */
  private int read(byte[] bytes) throws IOException {
    try (var recording = AubRecording.open(new ByteArrayInputStream(bytes), "fuzz")) {
      int count = 0;
      for (var next = recording.next(); next.isPresent(); next = recording.next()) {
        next.get().decode(decoder).forEach(_ -> {});
        count++;
      }
      assertTrue(recording.damages().size() < 100);
      return count;
    } catch (AubException e) {
      return -1;
    }
  }

  @Test
  void changedBytesAreSurvived() throws IOException {
    byte[] valid = valid();
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      byte[] bytes = valid.clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      survive(seed, bytes);
    }
  }

  @Test
  void changedGzipsAreSurvived() throws IOException {
    byte[] zipped = AubBuilder.gzip(valid());
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      byte[] bytes = zipped.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      survive(seed, Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)));
    }
  }

  @Test
  void aFileCutAnywhereIsReadUpToTheCut() throws IOException {
    byte[] valid = valid();
    assertEquals(1, read(valid));
    for (int length = 0; length < valid.length; length += length < 200 ? 1 : 37) {
      assertTrue(read(Arrays.copyOf(valid, length)) <= 0, "cut at byte " + length);
    }
  }

  @Test
  void changedBytesAreExecutedWithoutHarm() throws IOException {
    byte[] valid = valid();
    for (int seed = 0; seed < EXECUTED_ROUNDS; seed++) {
      var random = new Random(seed);
      byte[] bytes = valid.clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try (var reader = AubReader.open(new ByteArrayInputStream(bytes), "fuzz")) {
        new AubMachine(Platform.TGL).execute(reader);
      } catch (AubException e) {
        assertTrue(e.getMessage().startsWith("fuzz: "));
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void survive(int seed, byte[] bytes) {
    try {
      read(bytes);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}

package dev.systole.bridge.aub;

import static dev.systole.bridge.aub.AubBuilder.PHYSICAL;
import static dev.systole.bridge.aub.AubBuilder.concat;
import static dev.systole.bridge.aub.AubBuilder.dwords;
import static dev.systole.bridge.aub.AubBuilder.tigerLake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.bridge.aub.AubPacket.Comment;
import dev.systole.bridge.aub.AubPacket.Device;
import dev.systole.bridge.aub.AubPacket.MemoryWrite;
import dev.systole.bridge.aub.AubPacket.RegisterWrite;
import dev.systole.bridge.aub.AubPacket.RingWrite;
import dev.systole.bridge.aub.AubPacket.Skipped;
import dev.systole.errorstate.Bytes;
import dev.systole.spec.Engine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AubReaderTest {
  private static final int VERSION_BYTES = tigerLake().size();

  private static List<AubPacket> packets(AubReader reader) throws IOException {
    var packets = new ArrayList<AubPacket>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) packets.add(next.get());
    return packets;
  }

  /** The packets behind the first of an undamaged file. */
  private static List<AubPacket> packets(AubBuilder aub) throws IOException {
    AubReader reader = aub.reader();
    List<AubPacket> packets = packets(reader);
    assertTrue(reader.damage().isEmpty(), () -> reader.damage().toString());
    return packets.subList(1, packets.size());
  }

  private static AubReader open(byte[] bytes) throws IOException {
    return AubReader.open(new ByteArrayInputStream(bytes), "test.aub");
  }

  @Test
  void theDeviceStandsInTheTextOfTheVersion() throws IOException {
    assertEquals(
        new Device(0, OptionalInt.of(0x9a49), "test"), tigerLake().reader().next().orElseThrow());
  }

  @Test
  void aRegisterWriteHasItsValueInTheSixthDword() throws IOException {
    assertEquals(
        List.of(new RegisterWrite(VERSION_BYTES, 0x2550, 1)),
        packets(tigerLake().register(0x2550, 1)));
  }

  @Test
  void aWriteThatIsNotToMmioIsSkipped() throws IOException {
    byte[] pciConfig = dwords(0x10, 0x20000000, -1, 0, 5);
    AubPacket packet = packets(tigerLake().packet(0xf703, pciConfig)).getFirst();
    assertInstanceOf(Skipped.class, packet);
  }

  @Test
  void aMemoryWriteSaysItsSpaceAndItsLengthInBytes() throws IOException {
    byte[] data = {1, 2, 3, 4, 5};
    assertEquals(
        List.of(new MemoryWrite(VERSION_BYTES, AubSpace.PHYSICAL, 0x1_2345_6000L, Bytes.of(data))),
        packets(tigerLake().memory(PHYSICAL, 0x1_2345_6000L, data)));
  }

  @Test
  void aScatteredWriteIsSeveral() throws IOException {
    byte[] body = new byte[4 + 63 * 12 + 8];
    System.arraycopy(dwords(2 << 28, 0x1000, 0, 4, 0x2000, 0, 4), 0, body, 0, 28);
    System.arraycopy(dwords(11, 22), 0, body, 4 + 63 * 12, 8);
    assertEquals(
        List.of(
            new MemoryWrite(VERSION_BYTES, AubSpace.PHYSICAL, 0x1000, Bytes.of(dwords(11))),
            new MemoryWrite(VERSION_BYTES, AubSpace.PHYSICAL, 0x2000, Bytes.of(dwords(22)))),
        packets(tigerLake().packet(0xf70b, body)));
  }

  @Test
  void aCommentEndsAtItsZero() throws IOException {
    byte[] body = concat(dwords(0), "a\nb\0rest".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        List.of(new Comment(VERSION_BYTES, "a?b")), packets(tigerLake().packet(0xf708, body)));
  }

  @Test
  void aPollIsSkipped() throws IOException {
    AubBuilder aub = tigerLake().packet(0xf702, dwords(0x2234, 0x20000, 1, 0, 1));
    assertEquals(List.of(new Skipped(VERSION_BYTES, 0xf7020005)), packets(aub));
  }

  @Test
  void aClassicFileHasBlocks() throws IOException {
    byte[] comment = "PCI-ID=0x1912\0\0\0".getBytes(StandardCharsets.US_ASCII);
    byte[] name = Arrays.copyOf("game".getBytes(StandardCharsets.US_ASCII), 32);
    byte[] header = concat(concat(dwords(4 << 24), name), dwords(0, 0, comment.length));
    var aub = new AubBuilder();
    aub.dwordsOf(0xe0850000 | (header.length + comment.length) / 4 - 1);
    aub.bytes(header).bytes(comment);
    int blocks = aub.size();
    aub.dwordsOf(0xe0c10003, 0x101, 0, 0x5000, 4, 0x11111111); // data
    aub.dwordsOf(0xe0c10004, 0x202, 0, 0x6000, 4, 1, 0x05000000); // commands, Gen8 and later
    AubReader reader = aub.reader();
    assertEquals(
        List.of(
            new Device(0, OptionalInt.of(0x1912), "game"),
            new MemoryWrite(blocks, AubSpace.FLAT, 0x5000, Bytes.of(dwords(0x11111111))),
            new RingWrite(blocks + 24, Engine.RCS0, 0x1_0000_6000L, Bytes.of(dwords(0x05000000)))),
        packets(reader));
    assertTrue(reader.damage().isEmpty());
  }

  @Test
  void aGzippedFileIsTheSame() throws IOException {
    byte[] bytes = tigerLake().register(0x2550, 1).build();
    assertEquals(packets(open(bytes)), packets(open(AubBuilder.gzip(bytes))));
    assertTrue(AubReader.recognises(AubBuilder.gzip(bytes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "hello, world", "\u001f\u008b", "\u001f\u008bhello, world"})
  void aForeignFileIsRefused(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    assertFalse(AubReader.recognises(bytes));
    var refusal = assertThrows(AubException.class, () -> open(bytes));
    assertTrue(refusal.getMessage().startsWith("test.aub: not an AUB file: "));
  }

  @Test
  void aFileIsReadUpToWhereItWasCut() throws IOException {
    byte[] whole = tigerLake().register(0x2510, 5).register(0x2550, 1).build();
    AubReader reader = open(Arrays.copyOf(whole, whole.length - 3));
    assertEquals(2, packets(reader).size());
    AubDamage damage = reader.damage().orElseThrow();
    assertEquals(VERSION_BYTES + 24, damage.offsetBytes());
    assertTrue(damage.what().contains("ends within the register write"), damage.what());
  }

  @Test
  void aCutGzipIsReadUpToTheCut() throws IOException {
    AubBuilder aub = tigerLake();
    for (int i = 0; i < 1000; i++) aub.register(i * 7919, i * 104729);
    byte[] zipped = AubBuilder.gzip(aub.build());
    AubReader reader = open(Arrays.copyOf(zipped, zipped.length / 2));
    assertTrue(packets(reader).size() > 100);
    assertTrue(reader.damage().orElseThrow().why().contains(".gz is cut"));
  }

  @Test
  void whatIsNoPacketEndsTheFile() throws IOException {
    AubReader reader = tigerLake().register(1, 2).dwordsOf(0x12345678).register(3, 4).reader();
    assertEquals(2, packets(reader).size());
    assertEquals(VERSION_BYTES + 24, reader.damage().orElseThrow().offsetBytes());
  }

  @Test
  void aLengthThatThePacketCannotHoldIsNotBelieved() throws IOException {
    byte[] body = dwords(0x1000, 0, 2 << 28, -1, 42);
    AubReader reader = tigerLake().packet(0xf706, body).reader();
    assertEquals(1, packets(reader).size());
    assertTrue(reader.damage().orElseThrow().why().contains("claims 4294967295 bytes"));
  }

  @Test
  void whatUnzipsToTooMuchIsReadUpToTheLimit() throws IOException {
    AubBuilder aub = tigerLake();
    for (int i = 0; i < 1000; i++) aub.register(0, 0);
    var zipped = new ByteArrayInputStream(AubBuilder.gzip(aub.build()));
    AubReader reader = AubReader.open(zipped, "test.aub", 4096);
    packets(reader);
    assertTrue(reader.damage().orElseThrow().why().contains("more than 4096 bytes"));
  }
}

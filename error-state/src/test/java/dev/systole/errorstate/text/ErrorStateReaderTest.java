package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.errorstate.ActiveContext;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.Damage;
import dev.systole.errorstate.ElspEntry;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.ErrorStateException;
import dev.systole.errorstate.GpuProcess;
import dev.systole.errorstate.HangMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The forms of the lines over the kernels (i915-kernel.md 1.2 to 1.12, mesa-igt-tools.md 1). */
class ErrorStateReaderTest {
  private static EngineState engine(String block) throws ErrorStateException {
    return Samples.read("rcs0 command stream:\n" + block).engine("rcs0").orElseThrow();
  }

  private static HangMessage hang(String line) throws ErrorStateException {
    return Samples.read(line + "\n").hang().orElseThrow();
  }

  @Test
  void theSmallestDumpThatPeersDecodeIsRead() throws ErrorStateException {
    ErrorState state =
        Samples.read(
            """
            PCI ID: 0x9a49
            rcs0 command stream:
              HEAD:  0x00000000 [0x00000000]
              TAIL:  0x00000008 [0x00000000, 0x00000008]
              ACTHD: 0x00000001 0000000c
            rcs0 --- batch = 0x00000001 00000000
            ~zzz"TSN&
            """);
    assertEquals(0x9a49, state.pciId().orElseThrow());
    EngineState engine = state.engines().getFirst();
    assertEquals(0x1_0000_000cL, engine.register("ACTHD").orElseThrow());
    assertEquals(8, engine.request().orElseThrow().tail());
    CapturedObject batch = engine.object("batch").orElseThrow();
    assertEquals(0x1_0000_0000L, batch.address());
    assertEquals(16, batch.bytes().sizeBytes());
    assertEquals(0x05000000, batch.bytes().dword(12));
    assertEquals(batch, engine.objectAt(0x1_0000_000cL).orElseThrow());
    assertTrue(engine.objectAt(0x1_0000_0010L).isEmpty());
  }

  @Test
  void theHangMessageOfEveryKernelIsUnderstood() throws ErrorStateException {
    assertEquals(
        new HangMessage(
            12, 1, 0x85dffffb, Optional.of(new GpuProcess("foo", 1234)), Optional.empty()),
        hang("GPU HANG: ecode 12:1:85dffffb, in foo [1234]"));
    assertEquals(
        new HangMessage(12, 0, 0, Optional.empty(), Optional.empty()),
        hang("GPU HANG: ecode 12:0:00000000"));
    assertEquals(
        new HangMessage(
            9, 1, 0x84defffb, Optional.of(new GpuProcess("cubes", 1)), Optional.of("hang on rcs0")),
        hang("GPU HANG: ecode 9:1:0x84defffb, in cubes [1], hang on rcs0"));
  }

  @Test
  void aProcessMayBeCalledLikeAnObject() throws ErrorStateException {
    ErrorState state =
        Samples.read(
            """
            GPU HANG: ecode 12:1:85dffffb, in a --- b = 0x [12] [1]
            Kernel: 6.8.0 x86_64
            Active process (on ring rcs0): a --- b = 0x [12] [1]
            """);
    GpuProcess process = state.hang().orElseThrow().process().orElseThrow();
    assertEquals(new GpuProcess("a --- b = 0x [12]", 1), process);
    assertEquals("a --- b = 0x [12] [1]", state.property("Active process (on ring rcs0)").get());
  }

  @Test
  void portsAndContextsOfOldAndNewKernelsAreRead() throws ErrorStateException {
    EngineState engine =
        engine(
            """
              ELSP[0]:  pid 1234, seqno     1d:00000002!+, prio 0, head 00000040, tail 000000c8
              ELSP[1]:  pid 7, seqno        3:00000005, prio -4, emitted 12ms, start 00001000, \
            head 00000000, tail 00000010
              Active context: we[ir]d[77] hw_id 3, prio -1, guilty 2 active 1
            """);
    assertEquals(
        List.of(
            new ElspEntry(0, 1234, 0x1d, 2, true, true, 0, 0x40, 0xc8),
            new ElspEntry(1, 7, 3, 5, false, false, -4, 0, 0x10)),
        engine.ports());
    assertEquals(
        new ActiveContext(new GpuProcess("we[ir]d", 77), -1, 2, 1, 0, 0),
        engine.context().orElseThrow());
  }

  @Test
  void portsWithoutEndOfLineAreReadOver() throws ErrorStateException {
    EngineState engine =
        engine(
            "  ELSP[0]:  ELSP[1]:  pid 7, seqno        3:00000005, prio 0, head 00000000,"
                + " tail 00000010\n  hung: 1\n");
    assertEquals(1, engine.ports().getFirst().port());
    assertTrue(engine.hung());
  }

  @Test
  void theRegistersThatTheGucCapturedStandForTheBlock() throws ErrorStateException {
    ErrorState state =
        Samples.read(
            """
            global --- GuC Error Capture on rcs0 command stream:
            Coverage:  full-capture
              RegListType: Engine-Instance
                NumRegs: 1
                  IPEHR:  0x7b000005
              hung: 1
            """);
    EngineState engine = state.engine("rcs0").orElseThrow();
    assertEquals(0x7b000005, engine.registers().dword("IPEHR"));
    assertTrue(engine.hung());
    assertEquals(
        List.of("the head of the file is missing"),
        state.damages().stream().map(Damage::what).toList());
  }

  @Test
  void objectsOfNoEngineAndLargePagesAreRead() throws ErrorStateException {
    ErrorState state =
        Samples.read(
            """
            rcs0 command stream:
              hung: 1
            rcs0 --- user = 0x00000000 00200000
            gtt_page_sizes = 0x00200000
            ~z
            global --- GuC log buffer = 0x00000000 fee00000
            ~zz
            """);
    assertEquals(
        0x200000, state.engines().getFirst().objects().getFirst().pageSizes().orElseThrow());
    assertEquals("GuC log buffer", state.globals().getFirst().name());
    assertEquals(8, state.globals().getFirst().bytes().sizeBytes());
  }

  @Test
  void anEngineThatDoesNotSayIsHungWhenTheMessageBlamesItsClass() throws ErrorStateException {
    String text =
        """
        GPU HANG: ecode 12:4:85dffffb
        vcs1 command stream:
          ACTHD: 0x00000000 00000000
        rcs0 command stream:
          ACTHD: 0x00000000 00000000
        """;
    ErrorState state = Samples.read(text);
    assertTrue(state.engine("vcs1").orElseThrow().hung());
    assertFalse(state.engine("rcs0").orElseThrow().hung());
    assertFalse(Samples.read(text + "  hung: 0\nvcs0 --- x").liveSnapshot());
  }

  @Test
  void aCutNumberIsNotBelieved() throws ErrorStateException {
    ErrorState state = Samples.read("Kernel: 6.8.0 x86_64\nPlatform: TIGERLAKE\nPCI ID: 0x9a4");
    assertTrue(state.pciId().isEmpty());
    assertEquals(
        List.of("the file ends inside this line", "the tail of the file is missing"),
        state.damages().stream().map(Damage::what).toList());
  }

  @Test
  void whatIsLostBetweenLinesIsTold() throws ErrorStateException {
    ErrorState state =
        Samples.read(
            """
            Kernel: 4.9.0
            rcs0 command stream:
              ACTHD: 0x0000ff?e ffef00d8
            rcs0 --- batch = 0x00000000 00001000
            rcs0 --- user = 0x00000000 00002000
            ~z
            ~z
            bcs0 --- ring = 0x00000000 00003000
            ~z
            rcs0 command stream:
              ACTHD: 0x00000000 00000001
            """);
    assertEquals(
        List.of(
            "line 3: the value of this register cannot be read",
            "line 4: an object without payload",
            "line 7: a payload without its header",
            "line 9: no block of the engine bcs0",
            "line 10: a second block of rcs0"),
        state.damages().stream().map(d -> "line " + d.line() + ": " + d.what()).toList());
    assertTrue(state.engine("rcs0").orElseThrow().register("ACTHD").isEmpty());
  }

  @Test
  void linesBelongToTheOneAboveThem() throws ErrorStateException {
    ErrorState state =
        Samples.read(
            """
            Kernel: 6.8.0 x86_64
            Platform: TIGERLAKE
            GuC firmware: i915/tgl_guc_70.bin
            GuC firmware wanted: i915/tgl_guc_71.bin
            \tstatus: MISSING
            HuC firmware: (null)
            \tstatus: DISABLED
            Has logical contexts? yes
            i915.force_probe=*
            """);
    assertEquals("MISSING", state.property("GuC firmware status").orElseThrow());
    assertEquals("DISABLED", state.property("HuC firmware status").orElseThrow());
    assertEquals("yes", state.property("Has logical contexts").orElseThrow());
    assertEquals("*", state.parameters().get("force_probe"));
  }

  @Test
  void bytesBeyondAsciiAreKept() throws ErrorStateException {
    var latin = new byte[] {'K', 'e', 'r', 'n', 'e', 'l', ':', ' ', (byte) 0xe4, (byte) 0xff, '\n'};
    byte[] file = Samples.own("o01-tgl-3dprimitive.error");
    var out = new ByteArrayOutputStream();
    out.writeBytes(latin);
    out.writeBytes(file);
    ErrorState state = Samples.read(out.toByteArray());
    assertEquals("\u00e4\u00ff", state.property("Kernel").orElseThrow());
    assertEquals(file.length + latin.length, state.text().sizeBytes());
  }

  @Test
  void nothingLargerThanTheLimitIsRead() throws IOException {
    byte[] file = Samples.own("o01-tgl-3dprimitive.error");
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      for (int i = 0; i < 10; i++) out.write(file);
    }
    assertRefused("s: larger than 10000 bytes, no error state is", file, 10_000);
    assertRefused("s: larger than 100000 bytes, no error state is", zipped.toByteArray(), 100_000);
  }

  private static void assertRefused(String message, byte[] file, int maxBytes) {
    var refused =
        assertThrows(
            ErrorStateException.class,
            () -> ErrorStateReader.read(new ByteArrayInputStream(file), "s", maxBytes));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void aMissingFileIsToldInOneLine() {
    Path absent = Path.of("no", "such.error");
    var refused = assertThrows(ErrorStateException.class, () -> ErrorStateReader.read(absent));
    assertEquals(absent + ": there is no such file", refused.getMessage());
  }
}

package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Capture;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.ErrorStateException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.junit.jupiter.api.Test;

class ErrorStateWriterTest {
  /** Deflated bytes may differ between builds of zlib; what is in them is tested apart. */
  private static final Pattern PAYLOAD = Pattern.compile("(?m)^:.*$");

  private static String text(Capture capture) {
    return Samples.text(ErrorStateWriter.print(capture).toByteArray());
  }

  @Test
  void aHungRenderEngineIsPrintedAsThePresentKernelDoes() {
    Approvals.verify(
        text(SampleCapture.of(SampleCapture.render())),
        new Options(text -> PAYLOAD.matcher(text).replaceAll(":<ascii85>")));
  }

  @Test
  void whatIsWrittenIsReadAsItWas() throws ErrorStateException {
    Capture capture = SampleCapture.of(SampleCapture.render());
    ErrorState state = ErrorStateReader.read(ErrorStateWriter.print(capture), "written");
    assertEquals(capture.hang(), state.hang());
    assertEquals(capture.registers().values(), state.registers().values());
    assertEquals(List.of(), state.damages());
    EngineState written = capture.engines().getFirst();
    EngineState read = state.engines().getFirst();
    assertEquals(written.registers(), read.registers());
    assertEquals(written.request(), read.request());
    assertEquals(written.batch(), read.batch());
    assertEquals(written.ports(), read.ports());
    assertEquals(written.hung(), read.hung());
    assertEquals(written.resetCount(), read.resetCount());
    assertEquals(written.context(), read.context());
    assertEquals(written.timelineSeqno(), read.timelineSeqno());
    assertEquals(plain(written.objects()), plain(read.objects()));
  }

  private static List<CapturedObject> plain(List<CapturedObject> objects) {
    return objects.stream()
        .map(o -> CapturedObject.of(o.owner(), o.name(), o.address(), o.bytes()))
        .toList();
  }

  @Test
  void aPortWithSeqnoZeroHasNoEndOfLineAndIsReadAllTheSame() throws ErrorStateException {
    String text = text(SampleCapture.of(SampleCapture.copy(), SampleCapture.render()));
    assertTrue(text.contains("\n  ELSP[0]:  hung: 0\n"));
    ErrorState state = Samples.read(text);
    assertEquals(false, state.engine("bcs0").orElseThrow().hung());
    assertEquals(true, state.engine("rcs0").orElseThrow().hung());
    assertEquals(1, state.hang().orElseThrow().engineMask());
  }

  @Test
  void theTextDoesNotDependOnTheLocale() {
    String english = text(SampleCapture.of(SampleCapture.render()));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(english, text(SampleCapture.of(SampleCapture.render())));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aCaptureThatLacksARegisterIsRefused() {
    var bare = EngineState.builder("bcs0").context(SampleCapture.render().context().orElseThrow());
    var refused =
        assertThrows(IllegalArgumentException.class, () -> text(SampleCapture.of(bare.build())));
    assertEquals("no value for register CCID", refused.getMessage());
  }

  @Test
  void anObjectThatIsNotWholePagesIsRefused() {
    CapturedObject odd = CapturedObject.of("rcs0", "user", 0, Bytes.of(new byte[100]));
    Capture whole = SampleCapture.of(SampleCapture.render());
    EngineState engine = whole.engines().getFirst();
    var wrong =
        new EngineState(
            engine.name(),
            engine.registers(),
            engine.request(),
            engine.batch(),
            engine.ports(),
            engine.hung(),
            engine.resetCount(),
            engine.context(),
            engine.timelineSeqno(),
            List.of(odd));
    var refused = assertThrows(IllegalArgumentException.class, () -> text(SampleCapture.of(wrong)));
    assertEquals("rcs0 user: 100 bytes are not whole pages", refused.getMessage());
  }
}

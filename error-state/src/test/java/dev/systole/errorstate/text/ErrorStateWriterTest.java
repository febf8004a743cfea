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
    assertReadAsItWas(SampleCapture.of(SampleCapture.render()), "sample");
    for (long seed = 0; seed < 100; seed++) {
      assertReadAsItWas(SampleCapture.of(SampleCapture.anyRender(seed)), "seed " + seed);
    }
  }

  private static void assertReadAsItWas(Capture capture, String what) throws ErrorStateException {
    ErrorState state = ErrorStateReader.read(ErrorStateWriter.print(capture), what);
    assertEquals(capture.hang(), state.hang(), what);
    assertEquals(capture.registers().values(), state.registers().values(), what);
    assertEquals(List.of(), state.damages(), what);
    EngineState written = capture.engines().getFirst();
    EngineState read = state.engines().getFirst();
    assertEquals(opened(written), opened(read), what);
  }

  private static EngineState opened(EngineState engine) {
    return withObjects(
        engine,
        engine.objects().stream()
            .map(o -> CapturedObject.of(o.owner(), o.name(), o.address(), o.bytes()))
            .toList());
  }

  private static EngineState withObjects(EngineState engine, List<CapturedObject> objects) {
    return new EngineState(
        engine.name(),
        engine.registers(),
        engine.request(),
        engine.batch(),
        engine.ports(),
        engine.hung(),
        engine.resetCount(),
        engine.context(),
        engine.timelineSeqno(),
        objects);
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
    EngineState wrong = withObjects(SampleCapture.render(), List.of(odd));
    var refused = assertThrows(IllegalArgumentException.class, () -> text(SampleCapture.of(wrong)));
    assertEquals("rcs0 user: 100 bytes are not whole pages", refused.getMessage());
  }
}
